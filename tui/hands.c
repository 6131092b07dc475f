#include "tui/hands.h"

#include "flash/event.h"

#include <string.h>

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
