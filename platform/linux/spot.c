#include "platform/linux/spot.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILE_PATH = ODR_SYS_PATH + 120,
	PART = 32, /* of a path between two slashes, with its end mark */

	/* PCI class codes, as the file `class` shows them: base and sub class, interface below. */
	CLASS_IDE = 0x0101,
	CLASS_AHCI = 0x0106,
	/* Interface bits of CLASS_IDE: this channel is in native mode (protocols.md 5.1). */
	PRIMARY_NATIVE = 1,
	SECONDARY_NATIVE = 4,
	RESOURCES = 512, /* its first lines are enough: two for each channel */
};

static const unsigned legacy_base[2] = {0x1F0, 0x170}; /* protocols.md 5.1 */

/* ---- files of sysfs ------------------------------------------------------------------------- */

/* At most cap - 1 bytes of the file, as a text. */
static bool read_text(const char *root, const char *path, const char *name, char *out, size_t cap)
{
	char file[FILE_PATH];
	ssize_t got;
	int fd;

	out[0] = 0;
	if (snprintf(file, sizeof file, "%s/sys/%s/%s", root, path, name) >= (int)sizeof file)
		return false;
	fd = open(file, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, out, cap - 1);
	close(fd);
	out[got > 0 ? got : 0] = 0;
	return got >= 0;
}

bool odr_sys_line(const char *root, const char *path, const char *name, char *out, size_t cap)
{
	bool well = read_text(root, path, name, out, cap);
	size_t len = strcspn(out, "\n");

	while (len && isspace((unsigned char)out[len - 1]))
		len--;
	out[len] = 0;
	for (char *c = out; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '.';
	return well;
}

bool odr_sys_link(const char *root, const char *folder, const char *name, char out[ODR_SYS_PATH])
{
	char file[FILE_PATH], to[ODR_SYS_PATH];
	const char *at = to;
	ssize_t len;

	if (snprintf(file, sizeof file, "%s/sys/%s/%s", root, folder, name) >= (int)sizeof file)
		return false;
	len = readlink(file, to, sizeof to - 1);
	if (len <= 0)
		return false;
	to[len] = 0;
	while (!strncmp(at, "../", 3)) /* links of sysfs lead up to /sys and down again */
		at += 3;
	snprintf(out, ODR_SYS_PATH, "%s", at);
	return true;
}

static unsigned number_in(const char *root, const char *path, const char *name)
{
	char text[24];

	odr_sys_line(root, path, name, text, sizeof text);
	return (unsigned)strtoul(text, NULL, 0);
}

/* ---- the parts of a path -------------------------------------------------------------------- */

/* Copies the part that begins at *at and moves *at behind it. false: there is none. */
static bool next_part(const char **at, char part[PART])
{
	size_t len = strcspn(*at, "/");

	if (!**at)
		return false;
	snprintf(part, PART, "%.*s", (int)len, *at);
	*at += len + ((*at)[len] == '/');
	return true;
}

static bool is_pci(const char *part)
{
	unsigned domain, bus, device, function;
	int end = 0;

	return sscanf(part, "%x:%x:%x.%x%n", &domain, &bus, &device, &function, &end) == 4 &&
	       !part[end];
}

/* A USB device is called BUS-PORT.PORT...; its interfaces have a colon behind that. */
static bool is_usb(const char *part)
{
	unsigned bus, port;

	return sscanf(part, "%u-%u", &bus, &port) == 2 && !part[strspn(part, "0123456789-.")];
}

/* What matters of a path: the last PCI function and USB device on it, the ATA port, the host. */
struct route {
	char pci[PART], usb[PART];
	char pci_path[ODR_SYS_PATH], usb_path[ODR_SYS_PATH];
	unsigned ata, host;
	bool has_ata, has_host;
};

static void follow(const char *path, struct route *r)
{
	const char *at = path;
	char part[PART];

	memset(r, 0, sizeof *r);
	while (next_part(&at, part)) {
		int upto = (int)(at - path);

		if (upto && path[upto - 1] == '/')
			upto--;
		if (is_pci(part)) {
			strcpy(r->pci, part);
			snprintf(r->pci_path, sizeof r->pci_path, "%.*s", upto, path);
		} else if (is_usb(part)) {
			strcpy(r->usb, part);
			snprintf(r->usb_path, sizeof r->usb_path, "%.*s", upto, path);
		} else if (!r->has_ata && sscanf(part, "ata%u", &r->ata) == 1) {
			r->has_ata = true;
		} else if (!r->has_host && sscanf(part, "host%u", &r->host) == 1) {
			r->has_host = true;
		}
	}
}

/* ---- the legacy channels -------------------------------------------------------------------- */

/* The first address of a resource, 0 where the file does not tell. Lines: start end flags. */
static unsigned resource_start(const char *root, const char *pci, unsigned line)
{
	char text[RESOURCES];
	const char *at = text;

	if (!read_text(root, pci, "resource", text, sizeof text))
		return 0;
	while (line-- && at)
		at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
	return at ? (unsigned)strtoul(at, NULL, 16) : 0;
}

/* The base of port 1 or 2 of an IDE function: what the kernel assigned, else what its mode means. */
static unsigned base_of(const char *root, const char *pci, unsigned class, unsigned port)
{
	unsigned start = resource_start(root, pci, 2 * (port - 1));
	bool native = class & (port == 1 ? PRIMARY_NATIVE : SECONDARY_NATIVE);

	return start ? start : native ? 0 : legacy_base[port - 1];
}

unsigned odr_spot_port_of(const char *root, const char *pci, unsigned channel)
{
	unsigned class = number_in(root, pci, "class");

	for (unsigned port = 1; port <= 2 && class >> 8 == CLASS_IDE; port++)
		if (base_of(root, pci, class, port) == legacy_base[channel])
			return port;
	return 0;
}

/* ---- one device ----------------------------------------------------------------------------- */

static void set_ata(const char *root, const struct route *r, unsigned port, unsigned target,
		    struct odr_spot *out)
{
	unsigned class = number_in(root, r->pci_path, "class");

	snprintf(out->key, sizeof out->key, "%s port %u device %u", r->pci, port, target);
	for (unsigned c = 0; c < 2; c++)
		if (odr_spot_port_of(root, r->pci_path, c) == port && target < 2)
			out->digit = 2 * c + target + 1;
	if (class >> 8 == CLASS_IDE) {
		snprintf(out->at, sizeof out->at, "ata%u %s, PCI %s", r->ata,
			 target ? "slave" : "master", r->pci);
		snprintf(out->no_digit, sizeof out->no_digit,
			 "Its channel is not at 1F0 or 170 (native mode). In the BIOS set it to "
			 "Legacy or Compatible");
	} else {
		snprintf(out->at, sizeof out->at, "SATA port %u (ata%u), PCI %s", port, r->ata,
			 r->pci);
		snprintf(
			out->no_digit, sizeof out->no_digit, "%s",
			class >> 8 == CLASS_AHCI
				? "AHCI has no IDE ports. In the BIOS set SATA to IDE or Compatible"
				: "This controller is not the one at 1F0 and 170. Use the "
				  "board's own IDE plugs");
	}
	if (out->digit)
		out->no_digit[0] = 0;
}

static void set_usb(const char *root, const struct route *r, unsigned lun, struct odr_spot *out)
{
	char vendor[8], product[8];

	odr_sys_line(root, r->usb_path, "idVendor", vendor, sizeof vendor);
	odr_sys_line(root, r->usb_path, "idProduct", product, sizeof product);
	snprintf(out->key, sizeof out->key, "usb %s lun %u", r->usb, lun);
	snprintf(out->at, sizeof out->at, "USB %s, bridge 0x%s:0x%s", r->usb, vendor, product);
	snprintf(out->no_digit, sizeof out->no_digit,
		 "A USB bridge has no IDE ports. Take the drive out of its case and hang it on an "
		 "IDE cable");
}

void odr_spot_of(const char *root, const char *path, unsigned target, unsigned lun,
		 struct odr_spot *out)
{
	struct route r;
	char port_path[ODR_SYS_PATH];
	unsigned port;

	memset(out, 0, sizeof *out);
	follow(path, &r);
	if (r.usb[0]) {
		set_usb(root, &r, lun, out);
		return;
	}
	snprintf(port_path, sizeof port_path, "class/ata_port/ata%u", r.ata);
	port = r.has_ata ? number_in(root, port_path, "port_no") : 0;
	if (r.pci[0] && port) {
		set_ata(root, &r, port, target, out);
		return;
	}
	snprintf(out->key, sizeof out->key, "host %u:%u:%u", r.host, target, lun);
	if (r.has_host)
		snprintf(out->at, sizeof out->at, "host %u, no place known", r.host);
	else
		snprintf(out->at, sizeof out->at, "no place known");
	snprintf(out->no_digit, sizeof out->no_digit,
		 "The kernel does not say where it hangs. Find its cable by hand");
}
