#include "platform/platform.h"

#include <stdio.h>
#include <string.h>

const char *odr_state_name(enum odr_state state)
{
	static const char *const name[ODR_STATES] = {
		[ODR_NO_PORT] = "no port",
		[ODR_EMPTY] = "empty",
		[ODR_ABSENT] = "absent",
		[ODR_SILENT] = "silent",
		[ODR_BUSY] = "stuck busy",
		[ODR_ALIVE] = "alive",
		[ODR_BOOT] = "boot code only",
		[ODR_NO_IDENT] = "no name",
		[ODR_WRONG_SIG] = "strange signature",
		[ODR_ABORTING] = "aborts everything",
		[ODR_DRQ_STUCK] = "stuck data request",
		[ODR_VENDOR] = "vendor mode",
		[ODR_VENDOR_LOCKED] = "vendor mode locked",
		[ODR_DISK] = "hard disk",
		[ODR_UNASKED] = "not asked",
	};

	return state < ODR_STATES ? name[state] : "unknown";
}

const char *odr_position_name(unsigned position)
{
	static const char *const name[ODR_POSITIONS] = {
		"primary master", "primary slave", "secondary master", "secondary slave",
		"position 5",	  "position 6",	   "position 7",       "position 8",
		"position 9",	  "position 10",   "position 11",      "position 12",
	};

	return position >= 1 && position <= ODR_POSITIONS ? name[position - 1] : "no position";
}

void odr_snapshot_start(struct odr_snapshot *snap, const char *boot_id)
{
	memset(snap, 0, sizeof *snap);
	snprintf(snap->boot_id, sizeof snap->boot_id, "%s", boot_id);
	for (unsigned i = 0; i < ODR_POSITIONS; i++)
		snap->place[i].position = (uint8_t)(i + 1);
}
