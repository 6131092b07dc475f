#include "flash/words.h"

#include "platform/platform.h"

#include <string.h>

static const struct odr_words words[ODR_NOS] = {
	[ODR_NO_LINE] = {"line", ODR_EXIT_USAGE, "This line cannot be understood.",
			 "Type help to see every command with an example."},
	[ODR_NO_TARGET] = {"no-target", ODR_EXIT_REFUSED, "No drive has been named yet.",
			   "Type for example: target secondary master DRW1008IB   The steps belong "
			   "into one session or one --script: odrescue forgets the target when it "
			   "ends."},
	[ODR_NO_IMAGE] = {"no-image", ODR_EXIT_REFUSED, "No firmware file has been chosen yet.",
			  "Choose one in this session or script: image FILE"},
	[ODR_NO_PLAN] = {"no-plan", ODR_EXIT_REFUSED, "There is no plan to go by.",
			 "Type: plan. It shows everything before anything happens."},
	[ODR_NO_CONFIRM] = {"not-confirmed", ODR_EXIT_REFUSED,
			    "The plan has not been confirmed in words.",
			    "Read the plan, then type confirm and the name of the position, for "
			    "example: confirm secondary master"},
	[ODR_NO_WORDS] = {"words", ODR_EXIT_REFUSED,
			  "These words do not name the position of the plan.",
			  "Look which drive you mean. Type the position as the plan shows it."},
	[ODR_NO_BODY] = {"nobody", ODR_EXIT_NO_DEVICE, "Nothing answers at this position.",
			 "Look at the rows of scan. Is the data cable in, the power plug in, the "
			 "jumper as you said? Is its power off on purpose? Then type the position "
			 "and the word unpowered."},
	[ODR_NO_DISK_TARGET] =
		{"disk", ODR_EXIT_REFUSED,
		 "A hard disk answers at this position. It is never a target.",
		 "Look at the rows of scan and name the position of the dead drive."},
	[ODR_NO_DISK_CABLE] = {"disk-on-cable", ODR_EXIT_REFUSED,
			       "A hard disk hangs on the same cable. What the boot ROM is told, "
			       "the disk hears too. Nothing can override this.",
			       "Switch the PC off and move the drive to a cable of its own."},
	[ODR_NO_PARTNER] = {"partner", ODR_EXIT_REFUSED,
			    "Another drive hangs on the same cable. People have killed the second "
			    "drive this way.",
			    "Leave only the dead drive on this cable, then start again with scan."},
	[ODR_NO_PROOF] =
		{"proof", ODR_EXIT_REFUSED,
		 "It is not proven which drive this is: a dead drive has no name, and "
		 "another position does not say its name either.",
		 "Pull the data cable at the drive, type baseline, plug it back, then name "
		 "the target again."},
	[ODR_NO_OTHER_CHANNEL] =
		{"other-channel", ODR_EXIT_REFUSED,
		 "What changed since the baseline is another channel than the one "
		 "you name.",
		 "Look at the rows of scan: the position that changed is your drive. "
		 "Check the number, or the cable that you moved."},
	[ODR_NO_TWO_CHANGED] = {"two-changed", ODR_EXIT_REFUSED,
				"More than one channel changed since the baseline.",
				"Move only the cable of the dead drive: baseline, plug, target."},
	[ODR_NO_REBOOT] =
		{"reboot", ODR_EXIT_REFUSED,
		 "The PC was started again since then. What was seen before means nothing "
		 "now.",
		 "Begin with scan, then baseline and target again."},
	[ODR_NO_PLACES] =
		{"places", ODR_EXIT_REFUSED,
		 "The drives are not where they were when the target was proven.",
		 "Nothing was erased. Put it back as it was, then name the target again."},
	[ODR_NO_LABEL] = {"no-label", ODR_EXIT_REFUSED,
			  "A dead drive cannot say what it is, so the file cannot be compared with "
			  "it.",
			  "Read the sticker on the drive and name it: target secondary master "
			  "DRW1008IB"},
	[ODR_NO_LABEL_KNOWN] =
		{"label-unknown", ODR_EXIT_REFUSED, "This label is not in our table of drives.",
		 "Look for DRW1004, DRW1008 or DRW1108 on the sticker. Other drives: "
		 "use the vendor's tool."},
	[ODR_NO_OTHER_LABEL] =
		{"other-label", ODR_EXIT_REFUSED,
		 "The label belongs to another drive than the one that answers here.",
		 "Is the number right? scan shows all four. Read the sticker again, or name the "
		 "living drive without a label."},
	[ODR_NO_DEAD_ELSEWHERE] =
		{"dead-elsewhere", ODR_EXIT_REFUSED,
		 "Nothing answers at this position, and another one shows a drive that looks dead.",
		 "Is that one your drive? Then name its position. If you do mean the one without "
		 "power: pull the other's data cable first, then name the target again."},
	[ODR_NO_FITS_LABEL] = {"other-product", ODR_EXIT_FILE,
			       "This file was made for another drive than the one on the label.",
			       "Get the file for the exact model on the sticker."},
	[ODR_NO_FITS_DRIVE] = {"other-product", ODR_EXIT_FILE,
			       "This file was made for another drive than the one that answers.",
			       "Get the file for the name that the drive shows in scan."},
	[ODR_NO_FITS_CHIP] = {"size", ODR_EXIT_FILE,
			      "The file is not as big as the flash of this drive.",
			      "It is cut off, padded, or made for another drive. Get it again."},
	[ODR_NO_KNOCK_ALIVE] = {"alive", ODR_EXIT_REFUSED,
				"The drive at this position lives and says its name. It needs no "
				"rescue, and knocking could hurt it.",
				"If it is not the dead one, check the number: scan shows all four. "
				"A living BTC writer is flashed without knock: image FILE, then "
				"plan."},
	[ODR_NO_HALF_WRITTEN] =
		{"half-written", ODR_EXIT_REFUSED,
		 "The drive says its name, but the journal knows a write to it that did not end: "
		 "a part of its chip is empty or old.",
		 "Make its boot ROM answer: switch the drive's power off; target POSITION "
		 "unpowered LABEL; knock POSITION, and switch it on while that knocks. Then image, "
		 "plan, confirm, flash."},
	[ODR_NO_KNOCK_FIRST] =
		{"knock-first", ODR_EXIT_REFUSED,
		 "The drive does not listen yet: its boot ROM has to be woken first.",
		 "Type knock and the position, for example: knock secondary master"},
	[ODR_NO_ANSWER] = {"no-answer", ODR_EXIT_UNCHANGED,
			   "The boot ROM did not answer. Nothing was written.",
			   "Is the jumper where you said? Try again, and when odrescue asks for it "
			   "switch the drive's power off and on. Then try the other position, "
			   "another channel, another PC."},
	[ODR_NO_LOCKED] =
		{"locked", ODR_EXIT_UNCHANGED,
		 "The boot ROM answers but keeps the flash locked (status 52). Nothing was "
		 "written.",
		 "Switch the drive off for ten seconds and knock again. If it stays so, "
		 "software alone cannot reach this flash."},
	[ODR_NO_SERIAL_FLASH] =
		{"serial-flash", ODR_EXIT_REFUSED,
		 "The drive has a serial flash (status 72 or 73). This engine writes "
		 "parallel ones only. Nothing was written.",
		 "Use the vendor's MTKFLASH 1.83 or later for this drive."},
	[ODR_NO_CHIP_ID] =
		{"no-chip-id", ODR_EXIT_REFUSED,
		 "The flash chip does not say a name that we know. What we do not know we "
		 "do not erase.",
		 "Switch the drive off and on and knock again. Try another cable. The "
		 "vendor's MTKFLASH knows other chips."},
	[ODR_NO_CHIP_PAGE] =
		{"chip-page", ODR_EXIT_REFUSED,
		 "This chip wants whole pages faster than the boot ROM can pass them on.",
		 "Use the vendor's MTKFLASH for this drive."},
	[ODR_NO_CHIP_PROTECTED] = {"protected", ODR_EXIT_REFUSED,
				   "Part of the chip is protected against writing. A half-written "
				   "drive would be worse than a dead one.",
				   "Nothing was erased. The protection can only be lifted by a "
				   "programmer."},
	[ODR_NO_FAMILY] = {"family", ODR_EXIT_REFUSED,
			   "We know no safe way to write to a drive that looks like this.",
			   "Use the vendor's own tool."},
	[ODR_NO_JOURNAL] = {"journal", ODR_EXIT_REFUSED,
			    "The journal cannot be written here. Without it nobody knows after a "
			    "crash what was done.",
			    "Start with --state and another folder, or add the words: without "
			    "journal"},
	[ODR_NO_ROOM] = {"room", ODR_EXIT_UNCHANGED,
			 "There is no room for the backup of the old firmware.",
			 "Make room, or start with --state and another folder. To go without a "
			 "backup: target, knock, plan, and confirm with the words: without backup"},
	[ODR_NO_BACKUP_STABLE] =
		{"unstable", ODR_EXIT_UNCHANGED,
		 "The chip reads differently each time. Nothing was erased.",
		 "Check the cable, switch the drive off and on, knock again. To go "
		 "without a backup: plan, and confirm with the words: without "
		 "backup"},
	[ODR_NO_BACKUP_BLANK] =
		{"blank", ODR_EXIT_UNCHANGED,
		 "The old content is blank or one pattern: there is nothing to keep.",
		 "Nothing was erased. To go on: target, knock, plan, and confirm "
		 "with the words: without backup"},
	[ODR_NO_WHOLE] =
		{"whole", ODR_EXIT_UNCHANGED,
		 "The chip holds a whole firmware, and the drive had no power, or was away, before "
		 "its boot ROM answered: it may be a healthy one. Nothing was erased.",
		 "Switch the drive's power off and on and scan: does it say its name? If it is "
		 "surely the dead one: target, knock, plan, and confirm with the words: whole "
		 "firmware"},
	[ODR_NO_BACKUP_FILE] =
		{"no-backup", ODR_EXIT_FILE,
		 "This is no backup of this drive that the journal knows.",
		 "Name the target first, then type restore alone: it takes the file that the "
		 "journal names. If that rescue had another folder: --state and that folder."},
	[ODR_NO_IMAGE_CHANGED] = {"image-changed", ODR_EXIT_FILE,
				  "The firmware file is not the one that was checked. Nothing was "
				  "erased.",
				  "Check it again: image FILE, then plan."},
	[ODR_NO_IMAGE_FILE] = {"image", ODR_EXIT_FILE, "This file cannot be used.",
			       "Nothing was sent to any drive. Choose another one: image FILE"},
	[ODR_NO_BASELINE] = {"no-baseline", ODR_EXIT_REFUSED, "The baseline could not be taken.",
			     "Try scan first."},
	[ODR_NO_PORTS] = {"no-ports", ODR_EXIT_REFUSED,
			  "The registers of this channel cannot be reached from here.",
			  "The reason says why. The other way is MTKFLASH from a DOS floppy."},
	[ODR_NO_LOCK] = {"in-use", ODR_EXIT_REFUSED,
			 "Another odrescue works with these drives now.",
			 "Nothing was touched. Wait until it has ended, then try again."},
	[ODR_NO_USED] =
		{"drive-used", ODR_EXIT_REFUSED, "Another program on this computer uses the drive.",
		 "Nothing was sent. Unmount its disc, take the disc out, close what plays or "
		 "burns; then: flash"},
	[ODR_NO_RIGHTS] = {"rights", ODR_EXIT_REFUSED, "This user may not write to the drive.",
			   "Nothing was sent. Start odrescue as root, for example: sudo odrescue"},
	[ODR_NO_BATTERY] =
		{"battery", ODR_EXIT_REFUSED,
		 "This computer runs on its battery. If it ends in the middle, the drive "
		 "is dead.",
		 "Nothing was sent. Plug in the mains, then: flash"},
	[ODR_NO_SLEEP] =
		{"sleep", ODR_EXIT_REFUSED,
		 "This computer may go to sleep or shut down in the middle, and nothing "
		 "here can keep it from that.",
		 "Nothing was sent. See why systemd-inhibit fails, or boot a system without "
		 "a desktop from a stick."},
	[ODR_NO_LOGIN] = {"login-ends", ODR_EXIT_REFUSED,
			  "This system ends all programs of a login when its terminal goes away "
			  "(KillUserProcesses).",
			  "Nothing was sent. Start it outside of the login: systemd-run --scope "
			  "odrescue, then the same steps."},
	[ODR_NO_WAY] =
		{"no-way", ODR_EXIT_REFUSED,
		 "The kernel offers no way to this drive that sends a command exactly once.",
		 "Nothing was sent. The reason says what is missing. Another system, or DOS, "
		 "can do it."},
	[ODR_NO_STOPPED] = {"stopped", ODR_EXIT_UNCHANGED,
			    "odrescue was told to end. Nothing was erased or written.",
			    "The drive is as it was. To begin again: scan, target, knock, plan, "
			    "confirm, flash."},
	[ODR_NO_RUNNING] = {"frozen", ODR_EXIT_REFUSED,
			    "The chip is half written. Leaving now would throw the drive out of "
			    "flash mode.",
			    "Go on: plan, confirm, flash. Only if you give the drive up: quit give "
			    "up"},
};

const struct odr_words *odr_words(enum odr_no no)
{
	return &words[no];
}

const char *odr_words_state(const char *name)
{
	if (!strcmp(name, odr_state_name(ODR_VENDOR)))
		return "flash mode";
	return strcmp(name, odr_state_name(ODR_VENDOR_LOCKED)) ? name : "flash mode, locked";
}
