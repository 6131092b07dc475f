#include "tui/prompt.h"

#include "flash/event.h"
#include "tui/key.h"

#include <string.h>

void odr_prompt_event(struct odr_prompt *prompt, const char *event)
{
	if (odr_event_is(event, "help") && prompt->forms < ODR_PROMPT_FORMS)
		odr_event_get(event, "form", prompt->form[prompt->forms++], sizeof prompt->form[0]);
}

/* The first form that goes on from what stands there; its next word is taken, no more. */
static bool complete(struct odr_prompt *prompt)
{
	size_t len = strlen(prompt->input);

	for (unsigned i = 0; i < prompt->forms; i++) {
		const char *form = prompt->form[i];
		size_t end = len;

		if (strncmp(form, prompt->input, len) || !form[len])
			continue;
		end += form[end] == ' ' ? 1 : 0;
		end += strcspn(form + end, " ");
		odr_cut(prompt->input, sizeof prompt->input, "%.*s%s", (int)end, form,
			form[end] ? " " : "");
		return true;
	}
	return false;
}

static void remember(struct odr_prompt *prompt)
{
	if (prompt->lines == ODR_PROMPT_HISTORY) {
		memmove(prompt->history[0], prompt->history[1],
			sizeof prompt->history - sizeof prompt->history[0]);
		prompt->lines--;
	}
	memcpy(prompt->history[prompt->lines++], prompt->input, sizeof prompt->input);
	prompt->back = 0;
}

static void recall(struct odr_prompt *prompt, int key)
{
	if (key == ODR_KEY_UP && prompt->back < prompt->lines)
		prompt->back++;
	if (key == ODR_KEY_DOWN && prompt->back > 0)
		prompt->back--;
	if (prompt->back)
		memcpy(prompt->input, prompt->history[prompt->lines - prompt->back],
		       sizeof prompt->input);
	else
		prompt->input[0] = 0;
}

const char *odr_prompt_key(struct odr_prompt *prompt, int key, const char **why)
{
	size_t len = strlen(prompt->input);

	if (key == ODR_KEY_ENTER && len) {
		remember(prompt);
		prompt->input[0] = 0;
		return prompt->history[prompt->lines - 1];
	}
	if (key >= ' ' && key <= '~') {
		if (len + 1 < sizeof prompt->input) {
			prompt->input[len] = (char)key;
			prompt->input[len + 1] = 0;
		}
	} else if (key == ODR_KEY_BACKSPACE) {
		prompt->input[len ? len - 1 : 0] = 0;
	} else if (key == ODR_KEY_CLEAR) {
		prompt->input[0] = 0;
	} else if (key == ODR_KEY_UP || key == ODR_KEY_DOWN) {
		recall(prompt, key);
	} else if (key != ODR_KEY_TAB) {
		*why = "Type a command and press Enter; help lists them. Esc goes back to the "
		       "guide.";
	} else if (!complete(prompt)) {
		*why = "No command goes on like this. help lists them.";
	}
	return NULL;
}

void odr_prompt_show(const struct odr_prompt *prompt, struct odr_page *page)
{
	if (!prompt->said.lines)
		odr_page_add(
			page, ODR_ROLE_TEXT, 1,
			"Commands as in scripts: scan, target, image, plan, ... or a line of "
			"MTKFLASH. help lists them, Tab completes, Esc goes back to the guide.");
	for (unsigned i = 0; i < prompt->said.lines; i++)
		odr_page_add(page, ODR_ROLE_TEXT, 0, prompt->said.line[i]);
	page->has_input = true;
	odr_cut(page->prompt, sizeof page->prompt, "odrescue");
	odr_cut(page->input, sizeof page->input, "%s", prompt->input);
}
