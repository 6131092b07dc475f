/* The rules L1 to L14, and the line as it should have been typed. */
#include "guides/linesint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const sections[ODR_LINE_RULES] = {"",    "l1", "l2", "l3",  "l4",  "l5",  "l6",
						     "l7",  "l8", "l9", "l10", "l11", "l12", "l13",
						     "l14", "p1", "p2", "p3",  "p4",  "p5",  "p6"};

const char *odr_lines_rule(unsigned rule)
{
	return sections[rule];
}

const char *odr_lines_at(const struct odr_lines *l, unsigned position)
{
	char key[] = "0_short";

	key[0] = (char)('0' + position);
	return odr_lines_text(l->lines, "positions", key);
}

const char *odr_lines_format(const struct odr_lines *l, const struct odr_line *line)
{
	bool hex = odr_lines_kind(odr_line_word(line, line->file)) == ODR_FILE_KIND_HEX;
	const char *key = line->b ? "b" : hex ? "hex" : "guess";

	return odr_lines_text(l->lines, "formats", key);
}

/* ---- which rules a line meets ---- */

/* By its ending; the file itself is looked at by whoever proves it. */
static bool is_packed(const struct odr_lines *l, const char *file)
{
	char ending[ODR_LINES_ENDING];

	odr_lines_ending(file, ending);
	return odr_lines_has_word(odr_lines_text(l->lines, "p6", "endings"), ending);
}

/* Beside what the parser saw: what depends on the version or on what the asker knows. */
static uint32_t rules_of(const struct odr_lines *l, const struct odr_line *line,
			 const struct odr_line_asked *asked)
{
	const char *file = odr_line_word(line, line->file);
	uint32_t rules = line->rules;

	if (line->op == 'w' && !line->b && odr_lines_kind(file) == ODR_FILE_KIND_BIN)
		rules |= ODR_LINE_BIT(ODR_L7_BIN_WITHOUT_B);
	if (line->op == 'w' && line->m)
		rules |= ODR_LINE_BIT(ODR_L9_M_WITH_W);
	if (line->sata)
		rules |= ODR_LINE_BIT(ODR_L11_SATA);
	if (line->file && is_packed(l, file))
		rules |= ODR_LINE_BIT(ODR_P6_PACKED);
	if (!(asked->proven && odr_lines_has_word(asked->proven, file)) &&
	    odr_lines_has_word(odr_lines_text(l->lines, "l14", "names"), file))
		rules |= ODR_LINE_BIT(ODR_L14_PLACEHOLDER);
	return rules;
}

/* "OP VERSION SEVERITY" of a rule; false: the case does not hold. */
static bool case_holds(const char *text, const struct odr_line *line,
		       const struct odr_mtk_version *version, enum odr_line_verdict *verdict)
{
	static const char *const names[] = {"fine", "note", "fails", "danger"};
	char op[8], which[16], severity[8];

	if (sscanf(text, "%7s %15s %7s", op, which, severity) != 3)
		return false;
	if (strcmp(op, "any") != 0 && op[0] != line->op)
		return false;
	if (strcmp(which, "any") != 0 && !odr_lines_flag(version, which))
		return false;
	for (unsigned i = ODR_LINE_NOTES; i <= ODR_LINE_DANGER; i++)
		if (!strcmp(severity, names[i]))
			*verdict = (enum odr_line_verdict)i;
	return true;
}

/* The case of a rule that decides, 1.., and its verdict; 0: the rule is silent. */
static unsigned decide(const struct odr_lines *l, unsigned rule, const struct odr_line *line,
		       const struct odr_mtk_version *version, enum odr_line_verdict *verdict)
{
	for (unsigned n = 1;; n++) {
		const char *text = odr_lines_nth(l->lines, sections[rule], "when", n);

		if (!*text)
			return 0;
		if (case_holds(text, line, version, verdict))
			return n;
	}
}

/* textN of the case that decided, else text. */
static const char *text_for(const struct odr_lines *l, unsigned rule, const char *key, unsigned n)
{
	const char *text = odr_lines_nth(l->lines, sections[rule], key, n);

	return *text ? text : odr_lines_text(l->lines, sections[rule], key);
}

static void say_finding(const struct odr_lines *l, unsigned rule, unsigned n,
			enum odr_line_verdict verdict, const struct odr_lines_fill *fill,
			odr_line_say *say, void *ctx)
{
	static const char *const severity[] = {"", "note", "FAILS", "DANGER"};
	char text[ODR_LINES_TEXT];

	snprintf(text, sizeof text, "%c%s %s: %s", toupper((unsigned char)sections[rule][0]),
		 sections[rule] + 1, severity[verdict], text_for(l, rule, "text", n));
	odr_lines_say(say, ctx, "lint", text, fill);
	odr_lines_say(say, ctx, "do", text_for(l, rule, "advice", n), fill);
}

/* ---- the line as it should be ---- */

static void add(char *out, const char *word)
{
	size_t used = strlen(out);

	snprintf(out + used, ODR_LINE_MAX - used, "%s%s", used ? " " : "", word);
}

/* What only the person can know cannot be mended. */
static bool can_mend(const struct odr_line *line, uint32_t bad, unsigned position)
{
	uint32_t beyond = ODR_LINE_BIT(ODR_L6_NO_FILE) | ODR_LINE_BIT(ODR_L11_SATA) |
			  ODR_LINE_BIT(ODR_L12_UNKNOWN_OP) | ODR_LINE_BIT(ODR_P3_WORD_TOO_MUCH) |
			  ODR_LINE_BIT(ODR_P4_NO_OP) | ODR_LINE_BIT(ODR_P6_PACKED);

	return !(bad & beyond) && line->op && position;
}

static void mend(const struct odr_line *line, uint32_t bad, unsigned position, char *out)
{
	bool with_b = line->b && !(bad & ODR_LINE_BIT(ODR_L8_HEX_WITH_B));
	bool with_m = line->m && !(bad & ODR_LINE_BIT(ODR_L9_M_WITH_W));
	char dos[ODR_DOS_NAME], word[] = "0";
	const char *file = odr_line_word(line, line->file);

	with_b |= (bad & ODR_LINE_BIT(ODR_L7_BIN_WITHOUT_B)) != 0;
	out[0] = 0;
	add(out, "mtkflash");
	word[0] = (char)('0' + position);
	add(out, word);
	word[0] = line->op;
	add(out, word);
	for (unsigned i = 0; i < line->tokens; i++) {
		const char *text = odr_line_word(line, line->token[i].at);

		if (line->token[i].kind != ODR_LINE_SWITCH ||
		    (odr_lines_has_word("/b", text) && !with_b) ||
		    (odr_lines_has_word("/m", text) && !with_m))
			continue;
		add(out, text);
	}
	if (with_b && !line->b)
		add(out, "/b");
	if (line->op == 'c')
		return;
	if (line->rules & ODR_LINE_BIT(ODR_L5_LONG_NAME)) {
		odr_dos_name(file, dos);
		if (!*dos)
			out[0] = 0;
		file = dos;
	}
	if (*out)
		add(out, file);
}

/* The rules whose fault the better line does not have any more. */
static uint32_t mendable(const struct odr_line *line, unsigned position)
{
	uint32_t rules = ODR_LINE_BIT(ODR_L1_GLUED_SWITCH) | ODR_LINE_BIT(ODR_L2_GLUED_OP) |
			 ODR_LINE_BIT(ODR_L4_QUOTES) | ODR_LINE_BIT(ODR_L5_LONG_NAME) |
			 ODR_LINE_BIT(ODR_L7_BIN_WITHOUT_B) | ODR_LINE_BIT(ODR_L8_HEX_WITH_B) |
			 ODR_LINE_BIT(ODR_L9_M_WITH_W) | ODR_LINE_BIT(ODR_P1_NO_TOOL) |
			 ODR_LINE_BIT(ODR_P2_UNKNOWN_SWITCH) | ODR_LINE_BIT(ODR_P5_OP_WITH_SLASH);

	if (!line->channel && position)
		rules |= ODR_LINE_BIT(ODR_L3_NO_CHANNEL) | ODR_LINE_BIT(ODR_L10_NO_DIGIT);
	return rules;
}

/* ---- all of it ---- */

/* The name in the better line is a guess, or the last part of a path that DOS cannot go. */
static void say_name(const struct odr_lines *l, const char *file, odr_line_say *say, void *ctx)
{
	char dos[ODR_DOS_NAME];
	const struct odr_lines_fill fill = {.shortened = dos};
	bool as_it_is = odr_dos_name(file, dos);

	odr_lines_say(say, ctx, "do",
		      odr_lines_text(l->lines, "build", as_it_is ? "folder" : "guess"), &fill);
}

void odr_line_lint(const struct odr_lines *l, const struct odr_line *line,
		   const struct odr_line_asked *asked, struct odr_line_check *out,
		   odr_line_say *say, void *ctx)
{
	unsigned position = line->channel ? line->channel : asked->position;
	const char *file = odr_line_word(line, line->file);
	char digit[] = "0";
	uint32_t met = rules_of(l, line, asked), bad = 0;
	struct odr_lines_fill fill = {
		.file = file,
		.digit = digit,
		.at = odr_lines_at(l, line->channel),
		.version = asked->version ? asked->version->id : "",
	};

	memset(out, 0, sizeof *out);
	digit[0] = (char)('0' + line->channel);
	for (unsigned rule = 1; rule < ODR_LINE_RULES; rule++) {
		enum odr_line_verdict verdict = ODR_LINE_FINE;
		unsigned n = 0;

		if (met & ODR_LINE_BIT(rule))
			n = decide(l, rule, line, asked->version, &verdict);
		if (!n)
			continue;
		fill.word = rule == ODR_L14_PLACEHOLDER || rule == ODR_P6_PACKED
				    ? file
				    : odr_line_word(line, line->fault[rule]);
		say_finding(l, rule, n, verdict, &fill, say, ctx);
		out->rules |= ODR_LINE_BIT(rule);
		if (verdict > ODR_LINE_NOTES)
			bad |= ODR_LINE_BIT(rule);
		if (verdict > out->verdict)
			out->verdict = verdict;
	}
	if ((bad & mendable(line, position)) && can_mend(line, bad, position))
		mend(line, bad, position, out->better);
	if (say && *out->better)
		say(ctx, "better", out->better);
	if (*out->better && (bad & ODR_LINE_BIT(ODR_L5_LONG_NAME)) && line->op != 'c')
		say_name(l, file, say, ctx);
}
