/*
 * pics.c - pictures of plain text, pics/NAME.txt.
 */
#include "guides/parts.h"

#include <stdio.h>
#include <string.h>

enum odr_err odr_picture_load(struct odr_picture *picture, const char *folder, const char *name,
			      unsigned *line, struct odr_error *e)
{
	char path[ODR_PATH_ROOM], file_name[ODR_FILE_NAME + 6],
		buf[ODR_PICTURE_COLUMNS + 3]; /* with CR or LF and the end mark */
	enum odr_err err = ODR_OK;
	FILE *file;

	*line = 1;
	snprintf(picture->name, sizeof picture->name, "%s", name);
	picture->lines = 0;
	snprintf(file_name, sizeof file_name, "pics/%.8s.txt", name);
	odr_path(path, folder, file_name);
	file = fopen(path, "r");
	if (!file)
		return odr_fail(e, ODR_E_FILE, "there is no picture pics/%s.txt", name);
	while (err == ODR_OK && fgets(buf, sizeof buf, file)) {
		size_t len = strcspn(buf, "\r\n");

		if (len > ODR_PICTURE_COLUMNS)
			err = odr_fail(e, ODR_E_FILE, "wider than %d columns", ODR_PICTURE_COLUMNS);
		else if (picture->lines == ODR_PICTURE_LINES)
			err = odr_fail(e, ODR_E_FILE, "more than %d lines", ODR_PICTURE_LINES);
		for (size_t i = 0; err == ODR_OK && i < len; i++)
			if (buf[i] < ' ' || buf[i] > '~')
				err = odr_fail(e, ODR_E_FILE,
					       "a tab, a control byte or a letter outside ASCII");
		if (err != ODR_OK)
			break;
		snprintf(picture->line[picture->lines++], sizeof picture->line[0], "%.*s", (int)len,
			 buf);
		++*line;
	}
	fclose(file);
	if (err == ODR_OK && !picture->lines)
		err = odr_fail(e, ODR_E_FILE, "empty");
	return err;
}
