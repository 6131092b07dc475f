/*
 * Any bytes as a line for MTKFLASH, as the words on its screen, and as a file's name. Every row is
 * printable ASCII with a key that fits its column; a line that is mended needs no mending again; a
 * line that is built is one that the rules do not forbid.
 */
#include "guides/lines.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void row(void *ctx, const char *key, const char *text)
{
	unsigned *rows = ctx;

	MUST(*key && strlen(key) < ODR_LINE_KEY && is_ascii(key));
	MUST(*text && is_ascii(text));
	++*rows;
	MUST(*rows < 400);
}

static void try_explain(const struct odr_lines *tables, const char *text,
			const struct odr_line_asked *asked)
{
	struct odr_line line;
	struct odr_line_check check, again;
	unsigned rows = 0;
	enum odr_line_verdict verdict = odr_line_explain(tables, text, asked, row, &rows);

	if (!odr_line_parse(&line, text)) {
		MUST(verdict == ODR_LINE_NONE && !rows);
		return;
	}
	MUST(verdict != ODR_LINE_NONE && rows);
	for (unsigned i = 0; i < line.tokens; i++)
		MUST(line.token[i].at && is_ascii(odr_line_word(&line, line.token[i].at)));
	odr_line_lint(tables, &line, asked, &check, NULL, NULL);
	MUST(is_ascii(check.better));
	if (!*check.better)
		return;
	MUST(check.verdict >= ODR_LINE_FAILS && odr_line_parse(&line, check.better));
	odr_line_lint(tables, &line, asked, &again, NULL, NULL);
	MUST(!*again.better);
}

static void try_build(const struct odr_lines *tables, const char *name,
		      const struct odr_line_asked *asked)
{
	struct odr_line_wish wish = {.op = 'w', .file = name, .version = asked->version};
	struct odr_line_built built;
	struct odr_error e = {0};
	unsigned rows = 0;

	wish.position = 3 + strlen(name) % 2;
	wish.kind = (enum odr_file_kind)(1 + strlen(name) / 2 % 2);
	wish.rung = strlen(name) / 4 % 3;
	if (odr_line_build(tables, &wish, &built, row, &rows, &e) != ODR_OK) {
		MUST(!rows && !*built.line && *e.text);
		return;
	}
	MUST(is_ascii(built.line) && strlen(built.line) + 1 < sizeof built.line);
	MUST(strlen(built.file83) < ODR_DOS_NAME && strstr(built.line, built.file83));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct odr_lines tables;
	static struct odr_decoded decoded;
	struct odr_line_asked asked = {0};
	unsigned rows = 0;
	char *text = malloc(size + 1);
	bool known;

	MUST(text);
	if (!tables.n_versions)
		MUST(odr_lines_load(&tables, "guides", NULL) == ODR_OK);
	memcpy(text, data, size);
	text[size] = 0;
	if (size && data[0] < tables.n_versions)
		asked.version = &tables.version[data[0]];
	asked.position = size % 5;
	try_explain(&tables, asked.version ? text + 1 : text, &asked);
	try_build(&tables, asked.version ? text + 1 : text, &asked);
	known = odr_line_decode(&tables, text, &decoded, row, &rows);
	MUST(rows && known == (decoded.errors || decoded.normals));
	MUST(is_plain_text(decoded.plain, sizeof decoded.plain) && decoded.position <= 4);
	free(text);
	return 0;
}
