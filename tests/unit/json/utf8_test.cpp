#include "json/utf8.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/plain_run.hpp"

namespace weft {
namespace {

std::size_t length_of(const std::string& bytes) {
    return utf8_length(bytes.data(), bytes.data() + bytes.size());
}

char byte(std::uint32_t value) { return static_cast<char>(value & 0xFFU); }
char continuation(std::uint32_t bits) { return byte(0x80U | (bits & 0x3FU)); }

std::string encoded(std::uint32_t code) {
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0U | code >> 6U), continuation(code)};
    if (code < 0x10000) {
        return {byte(0xE0U | code >> 12U), continuation(code >> 6U), continuation(code)};
    }
    return {
        byte(0xF0U | code >> 18U),
        continuation(code >> 12U),
        continuation(code >> 6U),
        continuation(code)};
}

TEST(Utf8, EveryCharacterButTheSurrogatesIsWellFormed) {
    for (std::uint32_t code = 0; code < 0x110000; ++code) {
        const std::string bytes = encoded(code);
        const bool surrogate = code >= 0xD800 && code < 0xE000;
        if (length_of(bytes) != (surrogate ? 0 : bytes.size())) FAIL() << code;
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            if (length_of(bytes.substr(0, cut)) != 0) FAIL() << code << " cut at " << cut;
        }
    }
}

// Every start of three bytes is well-formed if and only if some character is written so.
TEST(Utf8, NothingElseIsWellFormed) {
    std::vector<bool> known(std::size_t{1} << 24U);
    for (std::uint32_t code = 0; code < 0x110000; ++code) {
        if (code >= 0xD800 && code < 0xE000) continue;
        const std::string bytes = encoded(code);
        const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
        if (bytes.size() >= 3) known[std::size_t{at(0)} << 16U | at(1) << 8U | at(2)] = true;
    }
    for (std::uint32_t lead = 0xE0; lead < 0x100; ++lead) {
        for (std::uint32_t rest = 0; rest < 0x10000; ++rest) {
            std::string bytes{byte(lead), byte(rest >> 8U), byte(rest)};
            if (lead >= 0xF0) bytes += '\x80';
            const std::size_t length = known[lead << 16U | rest] ? bytes.size() : 0;
            if (length_of(bytes) != length) FAIL() << lead << ' ' << rest;
        }
    }
}

TEST(Utf8, NoTwoBytesAreWellFormedButThoseOfU0080ToU07FF) {
    for (std::uint32_t lead = 0x80; lead < 0x100; ++lead) {
        for (std::uint32_t next = 0; next < 0x100; ++next) {
            const bool fine = lead >= 0xC2 && lead < 0xE0 && next >= 0x80 && next < 0xC0;
            ASSERT_EQ(length_of({byte(lead), byte(next)}), fine ? 2U : 0U) << lead << ' ' << next;
        }
    }
}

// Each byte value at each place of runs of several lengths, from memory that ends where the run
// ends.
TEST(PlainRun, EndsAtTheFirstSpecialByteHoweverItIsLookedFor) {
    for (std::size_t length = 1; length <= 40; ++length) {
        for (std::size_t place = 0; place < length; ++place) {
            for (std::uint32_t value = 0; value < 0x100; ++value) {
                std::vector<char> text(length, 'x');
                text[place] = byte(value);
                const bool plain = value >= 0x20 && value < 0x80 && value != '"' && value != '\\';
                const char* const end = text.data() + length;
                const char* const expected = plain ? end : text.data() + place;
                ASSERT_EQ(skip_plain(text.data(), end), expected) << value << " at " << place;
                ASSERT_EQ(skip_plain_portable(text.data(), end), expected) << value;
            }
        }
    }
}

}  // namespace
}  // namespace weft
