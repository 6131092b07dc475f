/* A typed line explained: each token, the whole in a sentence, what is wrong, our own words for it. */
#include "guides/linesint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Where a row goes, and the tables that it comes from. */
struct teller {
	const struct odr_lines *l;
	const struct odr_line *line;
	odr_line_say *say;
	void *ctx;
	struct odr_lines_fill fill;
};

static void tell(const struct teller *t, const char *key, const char *section, const char *name)
{
	odr_lines_say(t->say, t->ctx, key, odr_lines_text(t->l->lines, section, name), &t->fill);
}

static void tell_switch(const struct teller *t, const char *word)
{
	char key[ODR_LINE_KEY], name[ODR_LINE_KEY];

	snprintf(key, sizeof key, "%s", word);
	for (char *c = key; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	snprintf(name, sizeof name, "sw_%.5s", key + 1);
	tell(t, key, "words", name);
}

static void tell_op(const struct teller *t, const char *word)
{
	char key[ODR_LINE_KEY], name[] = "op_?";

	snprintf(key, sizeof key, "%s", word);
	name[3] = t->line->op;
	tell(t, key, "words", t->line->op == '?' ? "op_other" : name);
}

static void tell_channel(struct teller *t, const char *word)
{
	char digit[] = "0";

	digit[0] = (char)('0' + t->line->channel);
	t->fill.word = word;
	if (t->line->channel)
		tell(t, digit, "positions", digit);
	else
		tell(t, "?", "words", "bad_position");
}

static void tell_token(struct teller *t, const struct odr_line_token *token,
		       bool tool_names_version)
{
	const char *word = odr_line_word(t->line, token->at);

	t->fill.word = word;
	switch (token->kind) {
	case ODR_LINE_TOOL:
		tell(t, "tool", "words", tool_names_version ? "tool_version" : "tool");
		break;
	case ODR_LINE_CHANNEL:
		tell_channel(t, word);
		break;
	case ODR_LINE_OP:
		tell_op(t, word);
		break;
	case ODR_LINE_SWITCH:
		tell_switch(t, word);
		break;
	case ODR_LINE_FILE:
		tell(t, "file", "words",
		     t->line->op == 'w'	  ? "file_w"
		     : t->line->op == 'r' ? "file_r"
					  : "file_other");
		break;
	case ODR_LINE_ODD:
		tell(t, "?", "words", "odd");
		break;
	}
}

static void tell_meaning(struct teller *t)
{
	const struct odr_line *line = t->line;
	char name[] = "w";

	name[0] = line->op;
	if (line->bare)
		tell(t, "means", "means", "none");
	else if (line->op && strchr("rwc", line->op))
		tell(t, "means", "means", name);
	else
		tell(t, "means", "means", line->op ? "other" : "no_op");
}

enum odr_line_verdict odr_line_explain(const struct odr_lines *l, const char *text,
				       const struct odr_line_asked *asked, odr_line_say *say,
				       void *ctx)
{
	struct odr_line line;
	struct odr_line_check check;
	struct odr_line_asked with = *asked;
	struct teller t = {.l = l, .line = &line, .say = say, .ctx = ctx};
	const struct odr_mtk_version *named = NULL;
	char own[] = "w";

	if (!odr_line_parse(&line, text))
		return ODR_LINE_NONE;
	if (line.tokens && line.token[0].kind == ODR_LINE_TOOL)
		named = odr_mtk_version(l, odr_line_word(&line, line.token[0].at));
	if (!with.version)
		with.version = named;
	t.fill.version = with.version ? with.version->id : "";
	t.fill.at = odr_lines_at(l, line.channel);
	t.fill.file = line.file ? odr_line_word(&line, line.file)
				: odr_lines_text(l->lines, "means", "no_file");
	t.fill.name = line.file ? t.fill.file : "FILE";
	t.fill.format = odr_lines_format(l, &line);
	if (line.rules & ODR_LINE_BIT(ODR_P1_NO_TOOL))
		tell(&t, "tool", "words", "tool_left");
	for (unsigned i = 0; i < line.tokens; i++)
		tell_token(&t, &line.token[i], named && named == with.version);
	tell_meaning(&t);
	odr_line_lint(l, &line, &with, &check, say, ctx);
	if (with.version)
		odr_lines_say(say, ctx, with.version->id, with.version->said, &t.fill);
	else
		tell(&t, "version", "means", "unversioned");
	own[0] = line.op;
	if (line.channel && line.op && strchr("rwc", line.op))
		tell(&t, "own", "own", own);
	return check.verdict;
}
