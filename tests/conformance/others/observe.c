/* Runs the tests of http-parser (Debian's source package, unmodified) and writes each input that they feed to their
   parser, once, with the parser's verdict: "request|response ok|refused HEX" on a line of the file in OBSERVED. */
#include "http_parser.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_INPUTS (1U << 16)

static FILE* out;
static uint64_t seen[MOST_INPUTS];
static char* input;
static size_t input_size;
static enum http_parser_type input_type;
static int refused;

static uint64_t hash_of_input(void) {
    uint64_t hash = 14695981039346656037ULL + input_type;
    for (size_t i = 0; i < input_size; ++i) hash = (hash ^ (unsigned char)input[i]) * 1099511628211ULL;
    return hash | 1;
}

static int is_new(void) {
    const uint64_t hash = hash_of_input();
    size_t at = hash % MOST_INPUTS;
    while (seen[at] != 0 && seen[at] != hash) at = (at + 1) % MOST_INPUTS;
    if (seen[at] == hash) return 0;
    seen[at] = hash;
    return 1;
}

static void write_input(void) {
    if (input_size > 0 && is_new()) {
        fprintf(out, "%s %s ", input_type == HTTP_REQUEST ? "request" : "response", refused ? "refused" : "ok");
        for (size_t i = 0; i < input_size; ++i) fprintf(out, "%02x", (unsigned char)input[i]);
        fputc('\n', out);
    }
    input_size = 0;
    refused = 0;
}

static void observed_init(http_parser* parser, enum http_parser_type type) {
    write_input();
    input_type = type;
    http_parser_init(parser, type);
}

static size_t observed_execute(
    http_parser* parser, const http_parser_settings* settings, const char* data, size_t size
) {
    const size_t taken = http_parser_execute(parser, settings, data, size);
    const enum http_errno verdict = HTTP_PARSER_ERRNO(parser);
    /* A pause is the test's own doing; the rest is given again. */
    const size_t kept = verdict == HPE_PAUSED ? taken : size;
    input = realloc(input, input_size + kept + 1);
    memcpy(input + input_size, data, kept);
    input_size += kept;
    refused = refused || (verdict != HPE_OK && verdict != HPE_PAUSED);
    return taken;
}

#define main run_tests_of_http_parser
#define http_parser_init observed_init
#define http_parser_execute observed_execute
#include "test.c"
#undef main

int main(void) {
    out = fopen(getenv("OBSERVED"), "w");
    if (out == NULL) return 1;
    const int result = run_tests_of_http_parser();
    write_input();
    fclose(out);
    return result;
}
