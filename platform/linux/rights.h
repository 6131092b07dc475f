/*
 * rights.h - what the process that touches the machine may do: what it needs and no more.
 *
 * Of root it keeps the right to send commands that write firmware (the same that opens ports), and to read and
 * write files in whosever folder the person keeps them. No process that it starts gets more.
 */
#ifndef ODR_LINUX_RIGHTS_H
#define ODR_LINUX_RIGHTS_H

#include <stdbool.h>

/* Give the rest away, for good. */
void odr_rights_drop(void);
/* May it send commands that the kernel keeps from users? */
bool odr_rights_to_send(void);

#endif
