/*
 * main_unpack.c - the command `unpack FILE [MEMBER]`: the one firmware image out of an archive, checked
 * in memory by the engine's own reader, then written beside it. Nothing of an archive is run; no file
 * that is there already is ever written to; what is not right leaves nothing behind.
 */
#include "flash/crc32.h"
#include "flash/words.h"
#include "guides/lines.h"
#include "platform/host.h"
#include "tui/main.h"
#include "tui/member.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 5, NAME_SHOWN = 60 };

/* What the maker's updater leaves behind (domain.md 4.1). */
static const char updater[] =
	"Start %s in Windows, do not let it write, and look meanwhile in the folder of temporary "
	"files for PAC*.tmp.DIR\\V*.HEX";

struct names {
	unsigned n;
	char text[NAMED * (NAME_SHOWN + 2)]; /* the first ones, with commas */
};

struct unpack {
	odr_put *put;
	void *ctx;
	char path[ODR_PATH_MAX]; /* the archive */
	const char *member;	 /* what of it; "" the only image */
	struct names images, others;
	char program[NAME_SHOWN + 1], packed[NAME_SHOWN + 1]; /* an .exe in it, an archive in it */
	struct odr_error bad;	      /* why nothing of the archive can be trusted */
	struct odr_error no_firmware; /* the first .BIN or .HEX that is none, and why */
	char name[ODR_PATH_MAX];      /* the first image's, as it is packed */
	uint8_t *data;
	uint32_t bytes;
	struct odr_image image;
};

/* ---- what it says ---- */

/* Names of files are data: no control byte of them reaches a terminal. */
static void say_text(const struct unpack *u, const char *lead, unsigned indent, const char *fmt,
		     va_list args)
{
	char text[600];

	vsnprintf(text, sizeof text, fmt, args);
	for (char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '.';
	odr_text_wrap(lead, indent, text, u->put, u->ctx);
}

static void say(const struct unpack *u, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Why not first, then what to do. */
static void say(const struct unpack *u, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_text(u, "-", 2, fmt, args);
	va_end(args);
}

static void row(const struct unpack *u, const char *lead, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void row(const struct unpack *u, const char *lead, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_text(u, lead, 12, fmt, args);
	va_end(args);
}

static bool is_there(const char *path, struct odr_error *e)
{
	int handle;

	if (odr_host_open(path, ODR_FILE_READ, &handle, e) != ODR_OK)
		return false;
	odr_host_close(handle);
	return true;
}

/* ---- what is in it ---- */

static bool wants(void *ctx, const char *name)
{
	const struct unpack *u = ctx;

	return odr_member_may_be_image(name) &&
	       (!*u->member || odr_member_is_called(name, u->member));
}

static void add_name(struct names *names, const char *name)
{
	size_t used = strlen(names->text);

	if (names->n++ < NAMED)
		snprintf(names->text + used, sizeof names->text - used, "%s%.*s", used ? ", " : "",
			 NAME_SHOWN, name);
}

static void take_other(struct unpack *u, const char *name)
{
	static const char *const packed[] = {".zip", ".rar", ".7z", ".cab", ".lzh"};

	add_name(&u->others, name);
	if (odr_member_ends(name, ".exe"))
		snprintf(u->program, sizeof u->program, "%s", name);
	for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
		if (odr_member_ends(name, packed[i]))
			snprintf(u->packed, sizeof u->packed, "%s", name);
}

static void take(void *ctx, const struct odr_member *m)
{
	const char *wrong = odr_member_wrong(m->name);
	struct unpack *u = ctx;
	struct odr_image image;
	struct odr_error e;

	if (wrong && !u->bad.code)
		odr_fail(&u->bad, ODR_E_FILE, "holds %.*s, a name that %s", NAME_SHOWN, m->name,
			 wrong);
	if (wrong || !m->is_file)
		return;
	if (!m->data) {
		take_other(u, m->name);
		return;
	}
	if (m->has_sum && odr_crc32(0, m->data, m->bytes) != m->sum) {
		odr_fail(&u->bad, ODR_E_FILE, "is damaged: %.*s has another checksum", NAME_SHOWN,
			 m->name);
		return;
	}
	if (odr_main_check(&image, m, &e) != ODR_OK) {
		if (!u->no_firmware.code)
			odr_fail(&u->no_firmware, ODR_E_FILE, "%.*s: %s", NAME_SHOWN, m->name,
				 e.text);
		return;
	}
	add_name(&u->images, m->name);
	if (u->images.n > 1)
		return;
	u->data = malloc(m->bytes);
	if (!u->data)
		return;
	memcpy(u->data, m->data, m->bytes);
	u->bytes = m->bytes;
	u->image = image;
	snprintf(u->name, sizeof u->name, "%s", m->name);
}

/* ---- why not ---- */

static bool begins(const char *path, const char *magic)
{
	char head[8] = "";
	struct odr_error e;
	uint32_t got;
	int handle;

	if (odr_host_open(path, ODR_FILE_READ, &handle, &e) != ODR_OK)
		return false;
	odr_host_read_at(handle, 0, head, sizeof head, &got, &e);
	odr_host_close(handle);
	return !strncmp(head, magic, strlen(magic));
}

/* The archive itself cannot be used. */
static int refuse_archive(const struct unpack *u, const struct odr_error *e)
{
	const char *name = odr_base_name(u->path);

	if (e->code == ODR_E_REFUSED) {
		say(u, "%s %s.", name, e->text);
		say(u, "Unpack it by hand with its password, then type: image FILE");
	} else if (e->code != ODR_E_UNSUPPORTED) {
		say(u, "%s %s.", name, e->text);
		say(u, "Nothing was written. Get it again, from another place if you can.");
	} else if (begins(u->path, "MZ")) {
		say(u,
		    "%s is a program (EXE), and no archive that unpacks itself: most likely the "
		    "maker's updater.",
		    name);
		say(u, updater, name);
	} else if (begins(u->path, "PK")) {
		say(u, "%s is a ZIP that is damaged or cut short: its list is missing.", name);
		say(u, "Nothing was written. Get it again, from another place if you can.");
	} else {
		say(u, "%s %s.", name, e->text);
		say(u, "Is it the firmware itself? Then it needs no unpacking: image %s", u->path);
	}
	return ODR_EXIT_FILE;
}

/* It was read well, and there is no firmware in it. */
static int refuse_content(const struct unpack *u)
{
	const char *name = odr_base_name(u->path);

	if (u->no_firmware.code) {
		say(u, "No firmware in %s: %s.", name, u->no_firmware.text);
		say(u, "Get another file, for exactly the model on the label.");
		return ODR_EXIT_FILE;
	}
	if (!u->others.n)
		say(u, "There is no file in %s.", name);
	else
		say(u, "There is no %s in %s, but: %s%s", *u->member ? u->member : ".BIN or .HEX",
		    name, u->others.text, u->others.n > NAMED ? ", and more" : "");
	if (*u->member && u->others.n)
		say(u, "Type a name as it stands there: unpack %s NAME", u->path);
	else if (u->packed[0])
		say(u, "%s is an archive in the archive: take it out by hand, then unpack it.",
		    u->packed);
	else if (u->program[0])
		say(u, updater, u->program);
	else
		say(u, "Get another file, for exactly the model on the label.");
	return ODR_EXIT_FILE;
}

static int refuse_many(const struct unpack *u)
{
	say(u, "%u firmware files are in it: %s%s", u->images.n, u->images.text,
	    u->images.n > NAMED ? ", and more" : "");
	say(u, "Say which one is for your model: unpack %s %.*s", u->path, NAME_SHOWN, u->name);
	return ODR_EXIT_REFUSED;
}

/* ---- the file beside the archive ---- */

/* Is the file that is there already, byte for byte, what would have been written? */
static bool is_same(const struct unpack *u, const char *path)
{
	struct odr_error e;
	uint64_t size = 0, off = 0;
	uint8_t buf[512];
	uint32_t got = 1;
	int handle;
	bool same = odr_host_open(path, ODR_FILE_READ, &handle, &e) == ODR_OK;

	if (!same)
		return false;
	same = odr_host_size(handle, &size, &e) == ODR_OK && size == u->bytes;
	while (same && off < size && got) {
		same = odr_host_read_at(handle, off, buf, sizeof buf, &got, &e) == ODR_OK &&
		       !memcmp(buf, u->data + off, got);
		off += got;
	}
	odr_host_close(handle);
	return same && off == size;
}

static enum odr_err write_new(const struct unpack *u, const char *path, struct odr_error *e)
{
	int handle;
	enum odr_err err = odr_host_open(path, ODR_FILE_CREATE, &handle, e);

	if (err)
		return err;
	err = odr_host_append(handle, u->data, u->bytes, e);
	if (!err)
		err = odr_host_sync(handle, e);
	odr_host_close(handle);
	if (err)
		odr_host_remove(path, NULL); /* half of a firmware is worse than none */
	return err;
}

static int finish(const struct unpack *u, struct odr_facts *facts)
{
	char path[ODR_PATH_MAX], name[ODR_NAME_83];
	size_t folder = (size_t)(odr_base_name(u->path) - u->path);
	struct odr_error e;
	bool old;

	odr_member_83(u->name, name);
	if (folder + strlen(name) >= sizeof path) {
		say(u, "The folder's name is too long.");
		say(u, "Put the archive into a short folder, such as C:/1008.");
		return ODR_EXIT_FILE;
	}
	snprintf(path, sizeof path, "%.*s%s", (int)folder, u->path, name);
	old = is_same(u, path);
	if (!old && write_new(u, path, &e) != ODR_OK) {
		if (is_there(path, NULL)) {
			say(u, "%s is there already, and it is another file. It was left as it is.",
			    path);
			say(u, "Give that one another name, or put the archive into an empty "
			       "folder.");
		} else {
			say(u, "%s was not written: %s.", name, e.text);
			say(u, "Put the archive where there is room and you may write.");
		}
		return ODR_EXIT_FILE;
	}
	odr_facts_set(facts, ODR_FACT_file, path);
	row(u, "  file", "%s, %lu bytes, %s", name, (unsigned long)u->bytes,
	    old ? "was there already and is the same" : "written beside the archive");
	row(u, "  it was", "%s in %s", u->name, odr_base_name(u->path));
	row(u, "  made for", "%s, revision %s", u->image.made_for.product,
	    u->image.made_for.revision);
	row(u, "  CRC-32", "%08lx", (unsigned long)u->image.crc32);
	row(u, "  now", "image %s", path);
	return ODR_EXIT_DONE;
}

/* ---- the command ---- */

/* Names may hold blanks: FILE is the longest beginning that is a file, MEMBER the rest. */
static void split(struct unpack *u, const char *args)
{
	size_t len = strlen(args);

	snprintf(u->path, sizeof u->path, "%s", args);
	u->member = "";
	while (!is_there(u->path, NULL) && len) {
		while (len && args[--len] != ' ')
			;
		if (!len) {
			snprintf(u->path, sizeof u->path, "%s", args);
			return;
		}
		snprintf(u->path, sizeof u->path, "%.*s", (int)len, args);
		u->member = args + len + 1;
	}
}

static int unpack(struct unpack *u, const char *args, struct odr_facts *facts)
{
	const struct odr_archive_host host = {.wants = wants, .take = take, .ctx = u};
	struct odr_error e;

	if (!*args || strlen(args) >= sizeof u->path) {
		say(u, "%s", *args ? "That is too long." : "Which archive?");
		say(u, "The form is: unpack FILE [MEMBER]");
		return ODR_EXIT_USAGE;
	}
	split(u, args);
	if (!is_there(u->path, &e)) {
		say(u, "%s.", e.text);
		say(u, "Give the archive with its folder. Nothing was written.");
		return ODR_EXIT_FILE;
	}
	if (odr_archive_read(u->path, &host, &e) != ODR_OK)
		return refuse_archive(u, &e);
	if (u->bad.code)
		return refuse_archive(u, &u->bad);
	if (!u->images.n)
		return refuse_content(u);
	if (u->images.n > 1)
		return refuse_many(u);
	if (!u->data) {
		say(u, "There is no memory for %s.", u->name);
		say(u, "Close other programs, or unpack it by hand.");
		return ODR_EXIT_FILE;
	}
	return finish(u, facts);
}

/* What is behind the command's word; NULL: another command. */
static const char *args_of(const char *line)
{
	static const char command[] = "unpack";

	line += strspn(line, " \t");
	if (strncmp(line, command, sizeof command - 1))
		return NULL;
	line += sizeof command - 1;
	return *line && !strchr(" \t", *line) ? NULL : line + strspn(line, " \t");
}

bool odr_main_unpack_takes(const char *line)
{
	return args_of(line) != NULL;
}

bool odr_main_unpack(const char *line, struct odr_facts *facts, odr_put *put, void *ctx, int *code)
{
	static struct unpack u; /* too big for a small stack */
	const char *args = args_of(line);

	if (!args)
		return false;
	u = (struct unpack){.put = put, .ctx = ctx};
	*code = unpack(&u, args, facts);
	free(u.data);
	return true;
}
