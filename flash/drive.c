#include "flash/drive.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const char *const families[ODR_FAMILIES] = {
	[ODR_FAMILY_BTC] = "btc",	[ODR_FAMILY_MTK] = "mtk",
	[ODR_FAMILY_LITEON] = "liteon", [ODR_FAMILY_SAMSUNG] = "samsung",
	[ODR_FAMILY_BLURAY] = "bluray", [ODR_FAMILY_FOREIGN] = "foreign",
};

static const char *const tiers[ODR_TIERS] = {
	[ODR_TIER_PUBLIC] = "public",
	[ODR_TIER_UNTRIED] = "untried",
	[ODR_TIER_EXPERIMENTAL] = "experimental",
	[ODR_TIER_ASSISTED] = "assisted",
	[ODR_TIER_NONE] = "none",
};

/* Letters of the longest of the labels that `plain` begins with; 0: none. */
static size_t longest_fit(const char *labels, const char *plain)
{
	size_t best = 0;

	while (*labels) {
		size_t len = strcspn(labels, " ");

		if (len > best && !strncmp(plain, labels, len))
			best = len;
		labels += len;
		labels += strspn(labels, " ");
	}
	return best;
}

const struct odr_drive *odr_drive_by_label(const struct odr_drives *drives, const char *label)
{
	const struct odr_drive *found = NULL;
	char plain[24];
	size_t n = 0, best = 0;

	for (; *label && n + 1 < sizeof plain; label++)
		if (isalnum((unsigned char)*label))
			plain[n++] = (char)toupper((unsigned char)*label);
	plain[n] = 0;
	for (unsigned i = 0; i < drives->rows; i++) {
		size_t len = longest_fit(drives->row[i].labels, plain);

		if (len > best) {
			best = len;
			found = &drives->row[i];
		}
	}
	return found;
}

const struct odr_drive *odr_drive_by_product(const struct odr_drives *drives, const char *product)
{
	for (unsigned i = 0; *product && i < drives->rows; i++)
		if (!strcmp(product, drives->row[i].product))
			return &drives->row[i];
	return NULL;
}

const char *odr_family_name(enum odr_family family)
{
	return families[family];
}

const char *odr_tier_name(enum odr_tier tier)
{
	return tiers[tier];
}
