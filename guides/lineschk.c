/* Do the tables hold what the code relies on? A row that was spoilt is found at the start, not at 2 a.m. */
#include "guides/linesint.h"

#include <ctype.h>
#include <iniparser.h>
#include <stdio.h>
#include <string.h>

static const char *const flags = "wants-b no-wm digit no-sata no-slash unknown";

static enum odr_err missing(const char *file, const char *row, const char *key, struct odr_error *e)
{
	return odr_fail(e, ODR_E_FILE, "%s: [%s] %s is missing", file, row, key);
}

/* keys: words; each must have a text in that row. */
static enum odr_err need(const struct _dictionary_ *table, const char *file, const char *row,
			 const char *keys, struct odr_error *e)
{
	while (*keys) {
		char key[24];
		size_t len = strcspn(keys, " ");

		snprintf(key, sizeof key, "%.*s", (int)len, keys);
		if (!*odr_lines_text(table, row, key))
			return missing(file, row, key, e);
		keys += len;
		keys += strspn(keys, " ");
	}
	return ODR_OK;
}

static enum odr_err check_words(const struct odr_lines *l, struct odr_error *e)
{
	static const char *const rows[][2] = {
		{"words", "tool tool_left tool_version op_w op_r op_c op_s op_v op_other sw_b sw_m "
			  "sw_sata sw_h file_w file_r file_other odd bad_position source"},
		{"positions", "1 2 3 4 0_short 1_short 2_short 3_short 4_short source"},
		{"formats", "b hex guess"},
		{"means", "w r c none other no_op no_file unversioned"},
		{"own", "w r c"},
		{"families", "any hex btc"},
		{"l14", "names"},
		{"p6", "endings"},
		{"front", "explain explain_version decode no_line no_version"},
		{"build",
		 "with with_for with_free not_advised guess made folder again other source"},
	};
	enum odr_err err = ODR_OK;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0] && err == ODR_OK; i++)
		err = need(l->lines, "mtkline.ini", rows[i][0], rows[i][1], e);
	return err;
}

static enum odr_err check_case(const char *row, const char *text, struct odr_error *e)
{
	char op[8], which[16], severity[8], more;

	if (sscanf(text, "%7s %15s %7s %c", op, which, severity, &more) != 3 ||
	    !odr_lines_has_word("w r c any", op) ||
	    !(odr_lines_has_word("any", which) || odr_lines_has_word(flags, which)) ||
	    !odr_lines_has_word("note fails danger", severity))
		return odr_fail(e, ODR_E_FILE, "mtkline.ini: [%s] %s: not OP VERSION SEVERITY", row,
				text);
	return ODR_OK;
}

static enum odr_err check_rules(const struct odr_lines *l, struct odr_error *e)
{
	for (unsigned rule = 1; rule < ODR_LINE_RULES; rule++) {
		const char *row = odr_lines_rule(rule), *text;
		enum odr_err err =
			need(l->lines, "mtkline.ini", row, "when1 text advice source", e);

		for (unsigned n = 1; err == ODR_OK; n++) {
			text = odr_lines_nth(l->lines, row, "when", n);
			if (!*text)
				break;
			err = check_case(row, text, e);
		}
		if (err != ODR_OK)
			return err;
	}
	return ODR_OK;
}

/* Each word of a list of versions must be one of mtkvers.ini. */
static enum odr_err check_tools(const struct odr_lines *l, const char *row, struct odr_error *e)
{
	const char *tools = odr_lines_text(l->lines, row, "tools");

	while (*tools) {
		char one[16];
		size_t len = strcspn(tools, " ");
		const struct odr_mtk_version *version;

		snprintf(one, sizeof one, "%.*s", (int)len, tools);
		version = odr_mtk_version(l, one);
		if (!version || strcmp(version->id, one) != 0)
			return odr_fail(e, ODR_E_FILE,
					"mtkline.ini: [%s] %s is no version of mtkvers.ini", row,
					one);
		tools += len;
		tools += strspn(tools, " ");
	}
	return ODR_OK;
}

static enum odr_err check_rows(const struct odr_lines *l, struct odr_error *e)
{
	int n = iniparser_getnsec(l->lines), rows = 0;

	for (int i = 0; i < n; i++) {
		const char *row = iniparser_getsecname(l->lines, i);
		enum odr_err err;

		if (strncmp(row, "row_", 4) != 0)
			continue;
		rows++;
		err = need(l->lines, "mtkline.ini", row, "family op kind form source", e);
		if (err == ODR_OK)
			err = need(l->lines, "mtkline.ini", "families",
				   odr_lines_text(l->lines, row, "family"), e);
		if (err == ODR_OK)
			err = check_tools(l, row, e);
		if (err != ODR_OK)
			return err;
	}
	return rows ? ODR_OK : missing("mtkline.ini", "row_...", "form", e);
}

static enum odr_err check_versions(const struct odr_lines *l, struct odr_error *e)
{
	for (unsigned i = 0; i < l->n_versions; i++) {
		const struct odr_mtk_version *v = &l->version[i];
		enum odr_err err =
			need(l->versions, "mtkvers.ini", v->id, "said knows source conf", e);

		if (err == ODR_OK)
			err = need(l->lines, "mtkline.ini", "families", v->advised, e);
		for (const char *word = v->flags; *word && err == ODR_OK;
		     word += strspn(word, " ")) {
			char one[16];
			size_t len = strcspn(word, " ");

			snprintf(one, sizeof one, "%.*s", (int)len, word);
			if (!odr_lines_has_word(flags, one))
				err = odr_fail(e, ODR_E_FILE, "mtkvers.ini: [%s] %s is no flag",
					       v->id, one);
			word += len;
		}
		if (err != ODR_OK)
			return err;
	}
	return ODR_OK;
}

static enum odr_err check_errors(const struct odr_lines *l, struct odr_error *e)
{
	enum odr_err err =
		need(l->errors, "mtkerr.ini", "erased", "no half yes written unknown", e);
	const char *stands;
	char row[8];

	if (err == ODR_OK)
		err = need(l->errors, "mtkerr.ini", "unknown", "seen look1", e);
	for (unsigned n = 1; n <= ODR_ERROR_ROWS + ODR_NORMAL_ROWS && err == ODR_OK; n++) {
		bool normal = n > ODR_ERROR_ROWS;

		snprintf(row, sizeof row, "%c%u", normal ? 'n' : 'e',
			 normal ? n - ODR_ERROR_ROWS : n);
		err = need(l->errors, "mtkerr.ini", row,
			   normal ? "title pattern1 text where erased next source"
				  : "title pattern1 where erased cause1 help1 next source conf",
			   e);
		if (err == ODR_OK && !odr_lines_has_word("no half yes written unknown before",
							 odr_lines_text(l->errors, row, "erased")))
			err = odr_fail(e, ODR_E_FILE, "mtkerr.ini: [%s] erased: not a word for it",
				       row);
		stands = odr_lines_text(l->errors, row, "stands");
		if (err == ODR_OK && *stands)
			err = need(l->errors, "mtkerr.ini", stands, "title next", e);
	}
	return err;
}

enum odr_err odr_lines_check(const struct odr_lines *l, struct odr_error *e)
{
	enum odr_err err = check_words(l, e);

	if (err == ODR_OK)
		err = check_rules(l, e);
	if (err == ODR_OK)
		err = check_versions(l, e);
	if (err == ODR_OK)
		err = check_rows(l, e);
	return err == ODR_OK ? check_errors(l, e) : err;
}
