#include "tui/hands.h"

#include <stdio.h>
#include <string.h>

void odr_hands_answered(struct odr_event *ev, const char *line, const char *answer, bool back)
{
	size_t len = strcspn(answer, "\n");
	char text[300];

	snprintf(text, sizeof text, "%.*s%s", (int)len, answer,
		 back ? " A second later you switch it on again." : "");
	odr_event_start(ev, "hand");
	odr_event_text(ev, "did", line);
	odr_event_text(ev, "text", text);
	odr_event_text(ev, "lesson", answer[len] ? answer + len + 1 : "");
}

bool odr_hands_listed(struct odr_event *ev, char **rows)
{
	while (**rows) {
		char *row = *rows, *form, *text;
		size_t len = strcspn(row, "\n");

		*rows += len + (row[len] != 0);
		row[len] = 0;
		form = strchr(row, '|');
		text = form ? strchr(form + 1, '|') : NULL;
		if (!text)
			continue;
		*form++ = *text++ = 0;
		odr_event_start(ev, "handle");
		odr_event_text(ev, "key", row);
		odr_event_text(ev, "form", form);
		odr_event_text(ev, "text", text);
		return true;
	}
	return false;
}

static void take_handle(struct odr_hands *hands, const char *event)
{
	struct odr_hand_choice *choice = &hands->choice[hands->choices];
	char key[4];

	if (hands->choices == ODR_PAGE_CHOICES || !odr_event_get(event, "key", key, sizeof key))
		return;
	hands->choices++;
	choice->key = key[0];
	odr_event_get(event, "form", choice->form, sizeof choice->form);
	odr_event_get(event, "text", choice->text, sizeof choice->text);
}

void odr_hands_event(struct odr_hands *hands, const char *event)
{
	if (odr_event_is(event, "handle"))
		take_handle(hands, event);
	if (!odr_event_is(event, "hand"))
		return;
	odr_event_get(event, "did", hands->did, sizeof hands->did);
	odr_event_get(event, "text", hands->text, sizeof hands->text);
	odr_event_get(event, "lesson", hands->lesson, sizeof hands->lesson);
}

void odr_hands_forget(struct odr_hands *hands)
{
	hands->choices = 0;
}

const char *odr_hands_key(const struct odr_hands *hands, int key)
{
	for (unsigned i = 0; i < hands->choices; i++)
		if (hands->choice[i].key == key)
			return hands->choice[i].form;
	return NULL;
}

void odr_hands_show(const struct odr_hands *hands, struct odr_page *page)
{
	if (hands->text[0]) {
		odr_page_gap(page);
		odr_page_add(page, ODR_ROLE_GOOD, 1, hands->text);
	}
	if (hands->lesson[0])
		odr_page_add(page, ODR_ROLE_WARN, 1, hands->lesson);
	for (unsigned i = 0; i < hands->choices; i++)
		odr_page_choice(page, hands->choice[i].key, hands->choice[i].text);
}
