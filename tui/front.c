#include "tui/front.h"

#include "flash/words.h"

#include <stdio.h>
#include <string.h>

/* What is behind the command's word, or NULL: another command. */
static const char *args_of(const char *line, const char *command)
{
	size_t len = strlen(command);

	line += strspn(line, " \t");
	if (strncmp(line, command, len) != 0 || (line[len] && !strchr(" \t", line[len])))
		return NULL;
	line += len;
	return line + strspn(line, " \t");
}

static void say(struct odr_front *f, const char *key, const char *name)
{
	odr_lines_front_say(&f->lines, name, "", key, f->say, f->ctx);
}

static int explain(struct odr_front *f, const char *args)
{
	const char *behind = args_of(args, "version");
	struct odr_line_asked asked = {0};
	char name[24];

	if (behind && !*behind) {
		odr_mtk_version_say(&f->lines, NULL, f->say, f->ctx);
		return ODR_EXIT_DONE;
	}
	if (behind) {
		size_t len = strcspn(behind, " \t");

		snprintf(name, sizeof name, "%.*s", (int)len, behind);
		asked.version = odr_mtk_version(&f->lines, name);
		if (!asked.version) {
			odr_lines_front_say(&f->lines, "no_version", name, "version", f->say,
					    f->ctx);
			return ODR_EXIT_USAGE;
		}
		args = behind + len;
		args += strspn(args, " \t");
		if (!*args) {
			odr_mtk_version_say(&f->lines, asked.version, f->say, f->ctx);
			return ODR_EXIT_DONE;
		}
	}
	asked.proven = f->proven;
	switch (odr_line_explain(&f->lines, args, &asked, f->say, f->ctx)) {
	case ODR_LINE_FINE:
	case ODR_LINE_NOTES:
		return ODR_EXIT_DONE;
	case ODR_LINE_FAILS:
	case ODR_LINE_DANGER:
		return ODR_EXIT_REFUSED;
	case ODR_LINE_NONE:
		break;
	}
	say(f, "means", "no_line");
	say(f, "form", "explain");
	say(f, "form", "explain_version");
	return ODR_EXIT_USAGE;
}

static int decode(struct odr_front *f, const char *args)
{
	if (!*args) {
		say(f, "form", "decode");
		return ODR_EXIT_USAGE;
	}
	return odr_line_decode(&f->lines, args, &f->decoded, f->say, f->ctx) ? ODR_EXIT_DONE
									     : ODR_EXIT_NO_DEVICE;
}

bool odr_front_takes(const char *line)
{
	return args_of(line, "explain") || args_of(line, "decode");
}

bool odr_front_command(const char *line, struct odr_front *f, int *exit_code)
{
	const char *to_explain = args_of(line, "explain"), *to_decode = args_of(line, "decode");
	struct odr_error e = {0};

	if (!to_explain && !to_decode)
		return false;
	if (!f->loaded && odr_lines_load(&f->lines, f->guides, &e) != ODR_OK) {
		f->say(f->ctx, "guides", e.text);
		*exit_code = ODR_EXIT_FILE;
		return true;
	}
	f->loaded = true;
	*exit_code = to_explain ? explain(f, to_explain) : decode(f, to_decode);
	return true;
}

void odr_front_end(struct odr_front *f)
{
	if (f->loaded)
		odr_lines_free(&f->lines);
	f->loaded = false;
}
