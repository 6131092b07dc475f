#include "tui/sheet.h"

#include <string.h>

/* What came from a file, a drive or a sticker is data: no control byte goes to a printer. */
static void put_clean(void *ctx, const char *line)
{
	struct odr_sheet *sheet = ctx;
	char clean[ODR_TEXT_WIDTH + 1];
	size_t len = 0;

	for (; line[len] && len < sheet->width; len++)
		clean[len] = (char)(line[len] == ODR_HARD_BLANK[0] ? ' ' : line[len]);
	for (size_t i = 0; i < len; i++)
		if (clean[i] < ' ' || clean[i] > '~')
			clean[i] = '.';
	while (len && clean[len - 1] == ' ')
		len--;
	clean[len] = 0;
	sheet->put(sheet->ctx, clean);
	sheet->blank = len == 0;
}

void odr_sheet_wrap(struct odr_sheet *sheet, const char *lead, unsigned indent, const char *text)
{
	odr_text_fold(sheet->width, lead, indent, text, put_clean, sheet);
}

void odr_sheet_line(struct odr_sheet *sheet, const char *text)
{
	size_t blanks = strspn(text, " ");

	if (strlen(text) <= sheet->width)
		put_clean(sheet, text);
	else
		odr_sheet_wrap(sheet, "", blanks < sheet->width / 2 ? (unsigned)blanks : 0,
			       text + blanks);
}

void odr_sheet_gap(struct odr_sheet *sheet)
{
	if (!sheet->blank)
		put_clean(sheet, "");
}

void odr_sheet_rule(struct odr_sheet *sheet, char c)
{
	char line[ODR_TEXT_WIDTH + 1];

	memset(line, c, sheet->width);
	line[sheet->width] = 0;
	put_clean(sheet, line);
}
