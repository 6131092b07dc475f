#include "platform/platform.h"

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
	};

	return state < ODR_STATES ? name[state] : "unknown";
}

const char *odr_position_name(unsigned position)
{
	static const char *const name[] = {"primary master", "primary slave", "secondary master",
					   "secondary slave"};

	return position >= 1 && position <= ODR_POSITIONS ? name[position - 1] : "no position";
}
