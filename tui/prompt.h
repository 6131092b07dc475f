/*
 * prompt.h - the expert's page: commands typed one after the other, their answers above. The same
 * commands as everywhere (one command language); Tab completes, arrows bring typed lines back.
 */
#ifndef ODR_PROMPT_H
#define ODR_PROMPT_H

#include "tui/page.h"
#include "tui/said.h"
#include "tui/text.h"

#define ODR_PROMPT_FORMS 32
#define ODR_PROMPT_HISTORY 16

struct odr_prompt {
	char input[ODR_PAGE_INPUT];
	char form[ODR_PROMPT_FORMS][48]; /* "target secondary master DRW1008IB", from help events */
	unsigned forms;
	char history[ODR_PROMPT_HISTORY][ODR_PAGE_INPUT];
	unsigned lines, back; /* kept; how far Up has gone */
	struct odr_said said;
};

/* Only `help` events, for Tab. */
void odr_prompt_event(struct odr_prompt *prompt, const char *event);
/*
 * A key. Returns the line to run when it was Enter on one (owned by the prompt, valid until the next
 * key), else NULL. Unknown keys: NULL and *why.
 */
const char *odr_prompt_key(struct odr_prompt *prompt, int key, const char **why);
void odr_prompt_show(const struct odr_prompt *prompt, struct odr_page *page);

#endif
