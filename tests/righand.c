/*
 * righand - a person's hands at a practice PC that another process may have open.
 *
 *   righand OPTIONS WORD...
 *
 * OPTIONS as behind `--backend sim:`. Prints what is seen. Exit 0, or 1 and why not.
 */
#include "platform/sim/sim.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct odr_platform hands;
	struct odr_error e;
	char text[100] = "", answer[2000];

	for (int i = 2; i < argc; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 2 ? " " : "",
			 argv[i]);
	if (argc < 3) {
		fprintf(stderr, "righand OPTIONS WORD...\n");
		return 1;
	}
	if (odr_sim_open_hands(&hands, argv[1], &e) != ODR_OK ||
	    hands.ops->hand(hands.self, text, answer, sizeof answer, &e) != ODR_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	printf("%s\n", answer);
	return 0;
}
