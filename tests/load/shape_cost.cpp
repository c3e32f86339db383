// What `select`, `omit` and `rename` cost on a body of 64 KiB, beside validating it: prints the
// time of both and their ratio, for bodies of several kinds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "json/locate.hpp"
#include "json/shape_builder.hpp"
#include "json/shape_writer.hpp"

namespace weft {
namespace {

constexpr std::size_t body_size = 64 << 10;

std::string repeated(const std::function<std::string(int)>& element) {
    std::string body = "[";
    for (int i = 0; body.size() < body_size; ++i) body += (i > 0 ? "," : "") + element(i);
    return body + "]";
}

std::string user(int i) {
    const std::string id = std::to_string(i);
    return R"({"id":"u-)" + id + R"(","name":"Ann Example","email":"ann)" + id +
           R"(@example.test","secret":"0123456789abcdef","address":{"street":"Long Street )" + id +
           R"(","city":"Berlin","zip":"10115"},"tags":["a","b","c"],"visits":)" + id + "}";
}

std::string note(int i) {
    return R"({"id":)" + std::to_string(i) + R"(,"secret":")" + std::string(300, 's') +
           R"(","text":")" + std::string(700, 't') + "\"}";
}

std::string numbers(int i) {
    return R"({"id":)" + std::to_string(i) + R"(,"secret":[1,2,3,4],"points":[1,22,3.5,4,5,6,7]})";
}

// The least of many runs: the machine is shared.
double microseconds(const std::function<void()>& run) {
    using Clock = std::chrono::steady_clock;
    double least = 1e9;
    for (int i = 0; i < 2'000; ++i) {
        const auto begin = Clock::now();
        run();
        const std::chrono::duration<double, std::micro> took = Clock::now() - begin;
        least = std::min(least, took.count());
    }
    return least;
}

void compare(const char* name, const std::string& body, const Shape& shape) {
    const PathSet none;
    Located located;
    const double validated = microseconds([&] { locate(body, none, located); });
    std::string out;
    out.reserve(2 * body.size());
    const ShapedPart write = [&out](std::string_view part) { out += part; };
    const double shaped = microseconds([&] {
        out.clear();
        write_shaped(body, shape, shape.root(), write);
    });
    std::printf(
        "%-28s %6zu bytes  validated %6.1f us  shaped %6.1f us  ratio %.2f%s\n",
        name,
        body.size(),
        validated,
        shaped,
        shaped / validated,
        located.ok() ? "" : "  not valid"
    );
}

Shape all_three() {
    ShapeBuilder builder;
    for (const char* name : {"id", "name", "email", "address", "visits", "text", "points"}) {
        builder.select({name});
    }
    builder.omit({"address", "zip"});
    builder.rename({"id"}, "key");
    return std::move(builder).build();
}

Shape omitting() {
    ShapeBuilder builder;
    builder.omit({"secret"});
    return std::move(builder).build();
}

Shape replacing() {
    ShapeBuilder builder;
    builder.rename({"visits"}, "id");
    return std::move(builder).build();
}

}  // namespace
}  // namespace weft

int main() {
    using namespace weft;
    compare("users, all three", repeated(user), all_three());
    compare("users, omit", repeated(user), omitting());
    compare("users, rename onto", repeated(user), replacing());
    compare("long texts, all three", repeated(note), all_three());
    compare("long texts, omit", repeated(note), omitting());
    compare("numbers, all three", repeated(numbers), all_three());
    compare("numbers, omit", repeated(numbers), omitting());
}
