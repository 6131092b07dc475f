/* The exact line for a drive, a file and a version: a row of mtkline.ini, filled in (domain.md 8.2). */
#include "guides/linesint.h"

#include <ctype.h>
#include <iniparser.h>
#include <stdio.h>
#include <string.h>

/* The wish, looked through. */
struct builder {
	const struct odr_lines *l;
	const struct odr_line_wish *wish;
	enum odr_file_kind kind;
	const char *family; /* a word of [families] */
};

static const char *row_text(const struct builder *b, const char *row, const char *key)
{
	return odr_lines_text(b->l->lines, row, key);
}

/* Is the row for this operation and kind of file? */
static bool row_fits(const struct builder *b, const char *row)
{
	static const char *const kinds[] = {"none", "bin", "hex"};

	return !strncmp(row, "row_", 4) && row_text(b, row, "op")[0] == b->wish->op &&
	       !strcmp(row_text(b, row, "kind"), kinds[b->kind]);
}

/* Is the row for the drive and the version of the wish? named: the version stands in it. */
static bool row_allows(const struct builder *b, const char *row, bool *named)
{
	const char *tools = row_text(b, row, "tools"), *family = row_text(b, row, "family");
	const struct odr_mtk_version *version = b->wish->version;

	*named = version && odr_lines_has_word(tools, version->id);
	if (strcmp(family, b->family) != 0 && strcmp(family, "any") != 0)
		return false;
	return !version || !*tools || *named;
}

/*
 * Of the rows that fit the first that names the version, else the first of all: in the file the rows of
 * a family stand before those for any drive. NULL: none.
 */
static const char *best_row(const struct builder *b)
{
	int n = iniparser_getnsec(b->l->lines);
	const char *best = NULL;
	bool named, best_named = false;

	for (int i = 0; i < n; i++) {
		const char *row = iniparser_getsecname(b->l->lines, i);

		if (!row_fits(b, row) || !row_allows(b, row, &named))
			continue;
		if (!best || (named && !best_named)) {
			best = row;
			best_named = named;
		}
	}
	return best;
}

/* The first of a row's versions; NULL: the row is for all. */
static const struct odr_mtk_version *first_tool(const struct builder *b, const char *row)
{
	const char *tools = row_text(b, row, "tools");
	char one[16];

	snprintf(one, sizeof one, "%.*s", (int)strcspn(tools, " "), tools);
	return odr_mtk_version(b->l, one);
}

static enum odr_err look_through(struct builder *b, const struct odr_line_wish *wish,
				 struct odr_line_built *out, struct odr_error *e)
{
	const char *family = wish->family ? wish->family : "any";

	b->wish = wish;
	b->family = *odr_lines_text(b->l->lines, "families", family) ? family : "any";
	b->kind = wish->kind;
	if (wish->position < 1 || wish->position > 4)
		return odr_fail(e, ODR_E_USAGE, "there is no position %u", wish->position);
	if (!wish->op || !strchr("rwc", wish->op))
		return odr_fail(e, ODR_E_USAGE, "no operation that is known");
	if (wish->op == 'c') {
		b->kind = ODR_FILE_KIND_NONE;
		return ODR_OK;
	}
	if (!wish->file)
		return odr_fail(e, ODR_E_USAGE, "no file is named");
	out->guessed = !odr_dos_name(wish->file, out->file83);
	if (!*out->file83)
		return odr_fail(e, ODR_E_USAGE, "%.100s: DOS cannot have a file of this name",
				odr_base_name(wish->file));
	if (wish->op == 'r')
		b->kind = ODR_FILE_KIND_BIN;
	else if (b->kind == ODR_FILE_KIND_NONE)
		b->kind = odr_lines_kind(wish->file);
	if (b->kind == ODR_FILE_KIND_NONE)
		return odr_fail(e, ODR_E_USAGE, "%s: is it raw binary or HEX?", out->file83);
	return ODR_OK;
}

static void say_built(const struct builder *b, const char *row, const struct odr_line_built *out,
		      struct odr_lines_fill *fill, odr_line_say *say, void *ctx)
{
	const struct odr_mtk_version *version = out->version;
	bool hex = b->kind == ODR_FILE_KIND_HEX, any = !hex && !strcmp(b->family, "any");
	const char *family = hex ? "hex" : b->family;
	/* Only the person's own choice can be against the advice; a row's first version is the advice. */
	bool advised = !b->wish->version || b->wish->op == 'c' || any ||
		       odr_lines_has_word(version->advised, family) ||
		       !strcmp(row_text(b, row, "family"), b->family);
	char with[ODR_LINES_TEXT];

	fill->version = version ? version->id : "";
	fill->name = odr_lines_text(b->l->lines, "families", family);
	fill->shortened = out->file83;
	if (say)
		say(ctx, "line", out->line);
	odr_lines_say(say, ctx, "with",
		      odr_lines_text(b->l->lines, "build",
				     !version ? "with_free"
				     : any    ? "with"
					      : "with_for"),
		      fill);
	if (!advised)
		odr_lines_say(say, ctx, "note", odr_lines_text(b->l->lines, "build", "not_advised"),
			      fill);
	if (version) {
		snprintf(with, sizeof with, "%s: %s", version->id, version->said);
		odr_lines_say(say, ctx, "note", with, fill);
	}
	odr_lines_say(say, ctx, "note", row_text(b, row, "note"), fill);
	if (out->guessed)
		odr_lines_say(
			say, ctx, "file",
			odr_lines_text(b->l->lines, "build", b->wish->op == 'w' ? "guess" : "made"),
			fill);
	if (b->wish->op == 'w')
		odr_lines_say(say, ctx, "do", odr_lines_text(b->l->lines, "build", "folder"), fill);
	if (b->wish->rung)
		odr_lines_say(say, ctx, "do",
			      odr_lines_text(b->l->lines, "build",
					     b->wish->rung == 1 ? "again" : "other"),
			      fill);
	odr_lines_say(say, ctx, "source", row_text(b, row, "source"), fill);
}

enum odr_err odr_line_build(const struct odr_lines *l, const struct odr_line_wish *wish,
			    struct odr_line_built *out, odr_line_say *say, void *ctx,
			    struct odr_error *e)
{
	struct builder b = {.l = l};
	char digit[] = "0", args[ODR_LINES_TEXT];
	struct odr_lines_fill fill = {.digit = digit, .file = out->file83};
	const char *row, *form;
	enum odr_err err;

	memset(out, 0, sizeof *out);
	err = look_through(&b, wish, out, e);
	if (err != ODR_OK)
		return err;
	row = best_row(&b);
	if (!row)
		return odr_fail(e, ODR_E_UNSUPPORTED,
				"MTKFLASH %s: no line is known for this kind of file",
				wish->version ? wish->version->id : "");
	form = row_text(&b, row, wish->rung == 2 ? "second" : "form");
	if (!*form)
		return odr_fail(e, ODR_E_UNSUPPORTED,
				"no other form is known here: switch the drive's power off and on "
				"and give the same line, then take the next version");
	digit[0] = (char)('0' + wish->position);
	odr_lines_fill(args, sizeof args, form, &fill);
	snprintf(out->line, sizeof out->line, "mtkflash %.60s", args);
	out->version = wish->version;
	if (!out->version && wish->op != 'c') /* to ask for the chip's name any of them does */
		out->version = first_tool(&b, row);
	say_built(&b, row, out, &fill, say, ctx);
	return ODR_OK;
}
