/*
 * lines.h - what is known about MTKFLASH, the vendor's flash program on DOS: which line to give it,
 * what a typed line would do, and what the words mean that it leaves on the screen.
 *
 * The knowledge is in guides/mtkvers.ini, mtkline.ini and mtkerr.ini, each row with its source; the
 * code only reads, compares and fills in. It never runs anything, never asks a machine, and never
 * opens a firmware file: whether a file is there and good is for others to prove.
 *
 * Answers come as rows: a short key for a narrow left column, and a text of any length that the
 * renderer wraps. Both are printable ASCII whatever was typed, and live only during the call.
 */
#ifndef ODR_LINES_H
#define ODR_LINES_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

enum {
	ODR_LINE_MAX = 256,	/* a typed line: COMMAND.COM takes 127; more is cut, and P3 */
	ODR_LINE_TOKENS = 24,	/* words in it; the grammar has 8 at most (domain.md 8.1) */
	ODR_LINE_VERSIONS = 16, /* rows of mtkvers.ini */
	ODR_LINE_KEY = 9,	/* a row's key and its end */
	ODR_DOS_NAME = 13,	/* FILENAME.EXT and its end */
};

typedef void odr_line_say(void *ctx, const char *key, const char *text);

/* One version of MTKFLASH; every text belongs to the tables. */
struct odr_mtk_version {
	const char *id; /* "1.80.1" */
	const char *said, *knows, *advised, *flags, *source, *conf;
};

/* The tables, loaded once and then only read. Owned by the caller. */
struct odr_lines {
	struct _dictionary_ *lines, *errors, *versions;
	struct odr_mtk_version version[ODR_LINE_VERSIONS];
	unsigned n_versions;
};

/*
 * odr_lines_load - read the three files in `folder`. ODR_E_FILE: a file is missing, or a row lacks
 * what the code relies on; e names file, row and reason, and nothing is left to free.
 */
enum odr_err odr_lines_load(struct odr_lines *l, const char *folder, struct odr_error *e);
void odr_lines_free(struct odr_lines *l);

/* "1.80", "v1.80.1", "180", "MTK183C.EXE". NULL: nothing is known about such a version. */
const struct odr_mtk_version *odr_mtk_version(const struct odr_lines *l, const char *name);
/* Everything about one version, or with NULL a row for each. */
void odr_mtk_version_say(const struct odr_lines *l, const struct odr_mtk_version *version,
			 odr_line_say *say, void *ctx);

/* A text of [front] in mtkline.ini: what the commands explain and decode say of themselves. */
void odr_lines_front_say(const struct odr_lines *l, const char *name, const char *word,
			 const char *key, odr_line_say *say, void *ctx);

/* ---- a typed line ---- */

enum odr_line_kind {
	ODR_LINE_TOOL,
	ODR_LINE_CHANNEL, /* also one that is none: L3 */
	ODR_LINE_OP,
	ODR_LINE_SWITCH,
	ODR_LINE_FILE,
	ODR_LINE_ODD, /* no word of the grammar */
};

struct odr_line_token {
	enum odr_line_kind kind;
	uint16_t at; /* its word, see odr_line_word() */
};

/* The rules of a line: L1 to L14 of domain.md 8.1, and behind them what is no line at all. */
enum odr_line_rule {
	ODR_L1_GLUED_SWITCH = 1,
	ODR_L2_GLUED_OP,
	ODR_L3_NO_CHANNEL,
	ODR_L4_QUOTES,
	ODR_L5_LONG_NAME,
	ODR_L6_NO_FILE,
	ODR_L7_BIN_WITHOUT_B,
	ODR_L8_HEX_WITH_B,
	ODR_L9_M_WITH_W,
	ODR_L10_NO_DIGIT,
	ODR_L11_SATA,
	ODR_L12_UNKNOWN_OP,
	ODR_L13_PRIMARY,
	ODR_L14_PLACEHOLDER,
	ODR_P1_NO_TOOL,
	ODR_P2_UNKNOWN_SWITCH,
	ODR_P3_WORD_TOO_MUCH,
	ODR_P4_NO_OP,
	ODR_P5_OP_WITH_SLASH,
	ODR_P6_PACKED,
	ODR_LINE_RULES
};
#define ODR_LINE_BIT(rule) (1u << (rule))

/* A line taken apart. Glued words are tokens of their own; what is wrong is in `rules`. */
struct odr_line {
	char text[3 * ODR_LINE_MAX]; /* the words as typed and as tokens, each with its end */
	struct odr_line_token token[ODR_LINE_TOKENS];
	unsigned tokens;
	unsigned channel; /* 1..4; 0: none or no good one */
	char op;	  /* 'r' 'w' 'c' 's' 'v'; '?': some other word; 0: none */
	bool b, m, sata, h;
	bool bare;			/* the program's name and nothing else */
	uint16_t file;			/* its word; 0: none */
	uint32_t rules;			/* ODR_LINE_BIT: what can be seen without a version */
	uint16_t fault[ODR_LINE_RULES]; /* the word, as typed, that each of these rules is about */
};

/*
 * odr_line_parse - take a line apart. A prompt in front (C:\1008>) and the case of letters do not
 * matter. false: this is no line for MTKFLASH at all.
 */
bool odr_line_parse(struct odr_line *out, const char *text);
/* A word of a parsed line; printable ASCII. */
const char *odr_line_word(const struct odr_line *line, uint16_t at);

/* What the one who asks knows beside the line; zeroed: nothing. */
struct odr_line_asked {
	const struct odr_mtk_version *version; /* NULL: not known */
	unsigned position;		       /* where the drive is, for a line without a digit */
	const char *proven; /* DOS name of the file that was read to its end: no L14; NULL: none */
};

enum odr_line_verdict {
	ODR_LINE_FINE,
	ODR_LINE_NOTES,
	ODR_LINE_FAILS,	 /* only a help screen or a refusal; nothing is erased */
	ODR_LINE_DANGER, /* something may be erased for nothing, or the wrong drive */
	ODR_LINE_NONE,	 /* no line for MTKFLASH */
};

struct odr_line_check {
	enum odr_line_verdict verdict; /* the worst finding */
	uint32_t rules;		       /* ODR_LINE_BIT of every finding */
	char better[ODR_LINE_MAX]; /* the mended line; "" when nothing is to mend, or cannot be */
};

/* odr_line_lint - every finding with its advice as rows "lint" and "do". say: may be NULL. */
void odr_line_lint(const struct odr_lines *l, const struct odr_line *line,
		   const struct odr_line_asked *asked, struct odr_line_check *out,
		   odr_line_say *say, void *ctx);

/*
 * odr_line_explain - what a typed line says: a row for each token, "means" in a sentence, what is
 * wrong with it, the mended line ("better") and our own commands for the same ("own").
 * The version is the one asked with, else the one in the program's name (mtk180).
 */
enum odr_line_verdict odr_line_explain(const struct odr_lines *l, const char *text,
				       const struct odr_line_asked *asked, odr_line_say *say,
				       void *ctx);

/* ---- the line to type ---- */

enum odr_file_kind { ODR_FILE_KIND_NONE, ODR_FILE_KIND_BIN, ODR_FILE_KIND_HEX };

struct odr_line_wish {
	unsigned position;	 /* 1..4 */
	char op;		 /* 'w' 'r' 'c' */
	const char *file;	 /* name or path; its last part counts. Not looked at for 'c' */
	enum odr_file_kind kind; /* what is in the file; NONE: go by the ending */
	const char *family;	 /* word of [families] in mtkline.ini; NULL or unknown: any drive */
	const struct odr_mtk_version *version; /* NULL: the one to begin with */
	unsigned rung; /* of the retry ladder (domain.md 3.6): 0 first try, 1 again, 2 other form */
};

struct odr_line_built {
	char line[80];			       /* mtkflash 3 w /m /b RPC1V758.BIN */
	const struct odr_mtk_version *version; /* NULL: no single one is advised */
	char file83[ODR_DOS_NAME];
	bool guessed; /* file83 is what DOS probably shows, not what was given */
};

/*
 * odr_line_build - the exact line, with rows "line", "with", "file", "note", "do".
 * ODR_E_USAGE: position, operation or a name that DOS cannot have; ODR_E_UNSUPPORTED: rung 2 where no
 * other form is known. say: may be NULL.
 */
enum odr_err odr_line_build(const struct odr_lines *l, const struct odr_line_wish *wish,
			    struct odr_line_built *out, odr_line_say *say, void *ctx,
			    struct odr_error *e);

/* What is behind the last /, \ or : of a path: a part of it. */
const char *odr_base_name(const char *path);
/* Is the name up to its end, dot or slash a device of DOS: CON, NUL, COM1 and so on? */
bool odr_dos_is_device(const char *name);

/*
 * odr_dos_name - how DOS shows a file of this name. true: as it is, upper or lower case. false: `out`
 * is a guess like LONGNA~1.BIN, or "" when DOS cannot have it under any name (empty, CON, NUL).
 */
bool odr_dos_name(const char *name, char out[ODR_DOS_NAME]);

/* ---- what stands on the screen ---- */

enum odr_erased {
	ODR_ERASED_NO,
	ODR_ERASED_UNKNOWN,
	ODR_ERASED_HALF, /* ordered, its end not seen */
	ODR_ERASED_YES,
	ODR_ERASED_WRITTEN, /* and written again to the end */
};

enum {
	ODR_ERROR_ROWS = 18,
	ODR_NORMAL_ROWS = 12,
	ODR_DECODE_MAX = 2000, /* a screen of 25 x 80; of a longer text the end counts */
};

struct odr_decoded {
	uint32_t errors;  /* bit n: row En of domain.md 1.5 is in the text */
	uint32_t normals; /* bit n: row n<n> of mtkerr.ini, a line of a run that goes well */
	enum odr_erased erased;
	const struct odr_mtk_version *version; /* of the banner; NULL */
	unsigned position;		       /* of the port line; 0: none */

	/* Work of the call: the text, its letters, and where in the text each letter stands. */
	char text[ODR_DECODE_MAX], plain[ODR_DECODE_MAX];
	uint16_t at[ODR_DECODE_MAX];
};

/*
 * odr_line_decode - the last line or lines seen, typed or copied; of a long text its end counts.
 * Rows: "seen", "run", "where", "erased", "cause", "helps", "now", "source". false: nothing in it is
 * known; the rows say what to look for. out: 8 KiB, better not on a small stack. say: may be NULL.
 */
bool odr_line_decode(const struct odr_lines *l, const char *text, struct odr_decoded *out,
		     odr_line_say *say, void *ctx);

#endif
