/* replay FILE... - each file once through a fuzz target, without libFuzzer: gcc can build it. */
#include "tests/fuzz/fuzz.h"

static int replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data;
	long size;

	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return 1;
	}
	rewind(file);
	/* Exactly as long as the input, so that ASan sees one byte too far. */
	data = malloc((size_t)size ? (size_t)size : 1);
	if (!data || fread(data, 1, (size_t)size, file) != (size_t)size)
		abort();
	fclose(file);
	fprintf(stderr, "%s\n", path); /* the last one named is the one that broke it */
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = argc < 2;

	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	return failed;
}
