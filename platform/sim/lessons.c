/*
 * The words. Facts: hot plug and its dangers domain.md 3.1, 3.4 and protocols.md 5.6; positions and
 * jumpers domain.md 3.2; which drive it is design.md section 2; what a reset does protocols.md 5.8.
 * The plug turned round is general knowledge: no report of it was found.
 */
#include "platform/sim/lessons.h"

const char *sim_lesson_text(enum sim_lesson lesson)
{
	static const char *const text[SIM_LESSONS] = {
		[SIM_NO_LESSON] = "",
		[SIM_LESSON_POWER_OUT] =
			"That was the POWER plug, not the data cable. In life the drive is dark "
			"now "
			"and would have to get its power back while the PC runs: a PC has "
			"restarted "
			"from that. To mend it: switch the PC off, put the power plug in, and pull "
			"only the flat data cable.",
		[SIM_LESSON_POWER_IN] =
			"That was the POWER plug, put in while the PC runs. In life the dip on the "
			"wires has restarted a PC, and the disk hangs on the same supply. With the "
			"PC on, only the data cable is plugged; the drive's power is switched only "
			"while odrescue knocks. To mend it: leave the plug in now, and look what "
			"the panel says.",
		[SIM_LESSON_OTHER] =
			"That is the cable of ANOTHER drive, not of the dead one. In life a drive "
			"that worked is at risk, and what changes now proves the wrong drive: "
			"people have flashed a healthy one this way. To mend it: put it back as "
			"it was, with the PC off, and follow the cable from the dead drive.",
		[SIM_LESSON_OTHER_DISK] =
			"That is the cable of the HARD DISK. In life DOS or Linux loses its disk "
			"in "
			"mid-work, and files that were being written are lost. To mend it: switch "
			"the PC off, put the disk's cable back, start again.",
		[SIM_LESSON_SLAVE] =
			"The jumper says SLAVE now. From its next power-on the drive answers as "
			"the "
			"slave of its cable, and the digit for MTKFLASH is another one: with the "
			"old "
			"digit you would write to whatever else hangs there. To mend it: PC off, "
			"jumper back to MASTER, the drive alone on its cable.",
		[SIM_LESSON_CLASH] =
			"Two drives on one cable have the SAME jumper now. Both answer at once, so "
			"nobody is understood: in life both seem dead, and the PC may hang at "
			"start. To mend it: PC off, then one on MASTER and one on SLAVE, or better "
			"only the dead drive on the cable.",
		[SIM_LESSON_EARLY_BOOT] =
			"Too early: the PC has not started yet. With the dead drive on the cable "
			"it "
			"hangs at detecting drives. To mend it: pull the data cable again, start "
			"the PC (or press reset), and plug it in when odrescue asks for it.",
		[SIM_LESSON_EARLY_LOOK] =
			"Too early: odrescue has not looked at the empty cable yet, so nothing can "
			"prove that this is the drive that was plugged in. To mend it: pull the "
			"data cable again, let odrescue look, and plug it in when it asks for it.",
		[SIM_LESSON_TWICE] =
			"Out and in AGAIN while the drive settles. Each time the contacts bounce: "
			"in life that can hang the channel, and one drive's motor chip has smoked "
			"from live plugging. The waiting begins anew. To mend it: leave the plug "
			"in, hands off, until odrescue says what it sees.",
		[SIM_LESSON_UPSIDE] =
			"The plug is UPSIDE DOWN: the red stripe belongs next to the power plug. "
			"In "
			"life its reset wire lies on ground now: no drive on this cable answers, "
			"and many PCs do not start like that. It seldom kills a drive. To mend it: "
			"pull it, turn it round, and do not force it.",
		[SIM_LESSON_CHANNEL] =
			"The drive hangs on the OTHER CHANNEL now: another position, another digit "
			"for MTKFLASH, and what proved the drive before is void. In life an old "
			"command line would reach nobody, or the wrong drive. To mend it: pull the "
			"cable, and plug the drive's own cable in.",
		[SIM_LESSON_CHANNEL_DISK] =
			"The drive hangs on the HARD DISK's cable now. What the dead drive is "
			"told, "
			"the disk hears too, and with the same jumper the disk is not understood "
			"any more: in life that costs files. odrescue never writes there. To mend "
			"it: PC off, and the drive back on its own cable.",
		[SIM_LESSON_RESET_WRITE] =
			"RESET in the middle of the writing. The chip is half written, and the "
			"drive "
			"has left flash mode. In life a drive whose boot code lies in that chip is "
			"lost for good; the boot ROM of this one does not. To mend it: if the PC "
			"hangs now, pull the data cable; then go on where odrescue's first page "
			"says: it knows from its journal.",
		[SIM_LESSON_OFF_WRITE] =
			"The POWER went in the middle of the writing. The chip is half written, "
			"and "
			"some bytes are half programmed. In life that is how good drives die; the "
			"boot ROM of this one is not in the chip. To mend it: power back on, start "
			"odrescue, go on where its first page says.",
		[SIM_LESSON_CABLE_WRITE] =
			"The CABLE came out in the middle of the writing. The chip is half "
			"written, "
			"but the drive still has power and waits in flash mode. In life that is "
			"the "
			"luckiest of such mishaps. To mend it: leave the power alone, put the data "
			"cable back straight, wait 5 s, and write again.",
		[SIM_LESSON_BURN_CUT] =
			"The drive was burning its new firmware by itself and was STOPPED. In life "
			"it is dead now, as the one this practice is about. To mend it: rescue it "
			"through its boot ROM, from the first page on.",
		[SIM_LESSON_FLASH_MODE] =
			"The drive was listening in FLASH MODE, and now it is not any more. "
			"Nothing "
			"had been written, so nothing is lost. To mend it: scan, name the drive, "
			"and knock again.",
	};

	return text[lesson];
}
