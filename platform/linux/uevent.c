#include "platform/linux/uevent.h"

#include <libudev.h>
#include <stddef.h>
#include <string.h>

bool odr_uevent_open(struct odr_uevent *u)
{
	*u = (struct odr_uevent){.udev = udev_new()};
	if (u->udev)
		u->monitor = udev_monitor_new_from_netlink(u->udev, "kernel");
	if (u->monitor &&
	    (udev_monitor_filter_add_match_subsystem_devtype(u->monitor, "block", "disk") < 0 ||
	     udev_monitor_filter_add_match_subsystem_devtype(u->monitor, "scsi", "scsi_device") <
		     0 ||
	     udev_monitor_enable_receiving(u->monitor) < 0))
		u->monitor = udev_monitor_unref(u->monitor);
	return u->monitor != NULL;
}

void odr_uevent_close(struct odr_uevent *u)
{
	udev_monitor_unref(u->monitor);
	udev_unref(u->udev);
	*u = (struct odr_uevent){NULL, NULL};
}

int odr_uevent_fd(const struct odr_uevent *u)
{
	return u->monitor ? udev_monitor_get_fd(u->monitor) : -1;
}

/* Of a drive's life only its beginning and its end: "change" is a disc, or our own question. */
static bool is_news(struct udev_device *device)
{
	const char *action = udev_device_get_action(device);
	const char *name = udev_device_get_sysname(device);
	const char *subsystem = udev_device_get_subsystem(device);

	if (!action || !name || !subsystem || (strcmp(action, "add") && strcmp(action, "remove")))
		return false;
	return !strcmp(subsystem, "scsi") || !strncmp(name, "sr", 2) || !strncmp(name, "sd", 2);
}

unsigned odr_uevent_take(struct odr_uevent *u)
{
	struct udev_device *device;
	unsigned news = 0;

	while (u->monitor && (device = udev_monitor_receive_device(u->monitor)) != NULL) {
		news += is_news(device);
		udev_device_unref(device);
	}
	return news;
}
