// Gives each file of a folder to the target; fails if there is none. Of a folder called `amplified`
// a file is a beginning, a unit and an end, divided by GS (0x1d): the unit is repeated, with its
// number where it has SUB (0x1a), until the input is large, and eight times as large must not cost
// much more than eight times as much.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace files = std::filesystem;

constexpr std::size_t large = 16 * 1024;  // bytes
constexpr std::size_t times = 8;
constexpr double most_growth = 4 * times;
constexpr double least_seconds = 0.25;  // what takes less proves nothing

std::string bytes_of(const files::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// Of this thread's CPU time.
double seconds_for(std::string_view input) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    const double began = now();
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    return now() - began;
}

std::string amplified(std::string_view parts, std::size_t size) {
    const std::size_t first = parts.find('\x1d');
    const std::size_t second = parts.find('\x1d', first + 1);
    const std::string_view unit = parts.substr(first + 1, second - first - 1);
    std::string input{parts.substr(0, first)};
    for (int number = 1; input.size() < size; ++number) {
        for (const char c : unit) {
            input += c == '\x1a' ? std::to_string(number) : std::string(1, c);
        }
    }
    return input.append(parts.substr(second + 1));
}

bool grows_with_its_size(const files::path& path) {
    const std::string parts = bytes_of(path);
    const double one = seconds_for(amplified(parts, large));
    const double many = seconds_for(amplified(parts, times * large));
    std::printf("%s: %.3f s, %.3f s for %zu times as much\n", path.c_str(), one, many, times);
    return many <= std::max(least_seconds, most_growth * one);
}

}  // namespace

int main(int count, char** arguments) {
    std::vector<files::path> inputs;
    for (int i = 1; i < count; ++i) {
        for (const auto& entry : files::directory_iterator{arguments[i]}) inputs.push_back(entry);
    }
    std::sort(inputs.begin(), inputs.end());
    int failures = inputs.empty() ? 1 : 0;
    for (const auto& path : inputs) {
        std::fprintf(stderr, "%s\n", path.c_str());
        const bool amplify = path.parent_path().parent_path().filename() == "amplified";
        if (!amplify) seconds_for(bytes_of(path));
        if (amplify && !grows_with_its_size(path)) ++failures;
    }
    std::printf("%zu inputs, %d failures\n", inputs.size(), failures);
    return failures;
}
