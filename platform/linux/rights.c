#include "platform/linux/rights.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BIT(cap) (1u << (cap)) /* all that are named here are in the first word */

static const uint32_t kept = BIT(CAP_SYS_RAWIO) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_DAC_READ_SEARCH);

/* glibc has no function for these two calls. */
static bool call(long number, struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3])
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};

	return syscall(number, &header, data) == 0;
}

void odr_rights_drop(void)
{
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	for (int cap = 0; cap <= CAP_LAST_CAP; cap++)
		if (cap >= 32 || !(kept & BIT(cap)))
			prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (!call(SYS_capget, data))
		return;
	data[0].effective &= kept;
	data[0].permitted &= kept;
	data[0].inheritable = 0;
	data[1] = (struct __user_cap_data_struct){0, 0, 0};
	call(SYS_capset, data);
}

bool odr_rights_to_send(void)
{
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	return call(SYS_capget, data) && (data[0].effective & BIT(CAP_SYS_RAWIO)) != 0;
}
