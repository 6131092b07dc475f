#include "platform/linux/forbid.h"

#include "platform/linux/spot.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#if defined __i386__ || defined __x86_64__
#include <sys/io.h>
#endif

/* The status register of the primary channel (protocols.md 5.1): any port would do for the question. */
#define A_PORT 0x1F7

static bool may_use_ports(void)
{
#if defined __i386__ || defined __x86_64__
	if (ioperm(A_PORT, 1, 1) != 0)
		return false;
	ioperm(A_PORT, 1, 0);
	return true;
#else
	return false;
#endif
}

void odr_forbid_ports(const char *root, char out[ODR_WHY_TEXT])
{
	char lockdown[60];
	const char *why = "This version leaves the ports to the kernel. odrescue on DOS uses them";

	/* "none [integrity] confidentiality": the brackets say which holds. */
	odr_sys_line(root, "kernel/security", "lockdown", lockdown, sizeof lockdown);
	if (geteuid() != 0)
		why = "Ports are for root: start odrescue with sudo, or on DOS";
	else if (strchr(lockdown, '[') && !strstr(lockdown, "[none]"))
		why = "Secure Boot locks this kernel down, no ports. Switch it off in the BIOS, "
		      "or use DOS";
	else if (!may_use_ports())
		why = "This kernel gives no ports (ioperm failed). Use another kernel, or DOS";
	snprintf(out, ODR_WHY_TEXT, "%s", why);
}
