/*
 * main_trust.c - may the guides be obeyed? Looked at before anything of them is read or done.
 */
#include "platform/host.h"
#include "tui/main.h"

#include <stdio.h>

struct look {
	const char *folder;
	bool trusted;
};

static void look_at(struct look *look, const char *path)
{
	if (!look->trusted || !odr_host_is_unsafe(path))
		return;
	look->trusted = false;
	fprintf(stderr,
		"odrescue: refused: everybody on this computer may change %s, and root would obey "
		"it.\nAs root: chmod o-w %s\n",
		path, path);
}

static void look_at_file(void *ctx, const char *name)
{
	struct look *look = ctx;
	char path[400];

	snprintf(path, sizeof path, "%s/%s", look->folder, name);
	look_at(look, path);
}

bool odr_main_trusts(const char *guides)
{
	static const char *const parts[] = {"", "/drives", "/pics"};
	char folder[300];
	struct look look = {folder, true};

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		snprintf(folder, sizeof folder, "%s%s", guides, parts[i]);
		look_at(&look, folder);
		odr_host_list(folder, look_at_file, &look);
	}
	return look.trusted;
}
