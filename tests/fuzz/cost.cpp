#include "fuzz/cost.hpp"

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <string>

#include "fuzz/target.hpp"

// Of the sanitizers' run-time library; without it memory is not counted.
extern "C" {
using MallocHook = void (*)(const volatile void*, std::size_t);
using FreeHook = void (*)(const volatile void*);
// NOLINTBEGIN(bugprone-reserved-identifier)
int __sanitizer_install_malloc_and_free_hooks(MallocHook, FreeHook) __attribute__((weak));
std::size_t __sanitizer_get_allocated_size(const volatile void*) __attribute__((weak));
// NOLINTEND(bugprone-reserved-identifier)
}

namespace {

// In bytes, since the hooks were installed. Targets have one thread.
std::ptrdiff_t held = 0;
std::ptrdiff_t most_held = 0;

void on_malloc(const volatile void*, std::size_t size) {
    held += static_cast<std::ptrdiff_t>(size);
    most_held = std::max(most_held, held);
}

void on_free(const volatile void* memory) {
    if (memory != nullptr) {
        held -= static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(memory));
    }
}

[[maybe_unused]] const bool is_installed =
    __sanitizer_install_malloc_and_free_hooks != nullptr &&
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) != 0;

std::int64_t cpu_microseconds() noexcept {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

namespace weft::fuzz {

// Far above what a small input takes on a busy machine.
constexpr std::int64_t microseconds_whatever_the_input = 500'000;

Meter::Meter() noexcept : began_{cpu_microseconds()}, held_before_{held} { most_held = held; }

void Meter::check(std::size_t size) const {
    const std::int64_t took = cpu_microseconds() - began_;
    const auto memory = static_cast<std::size_t>(most_held - held_before_);
    require(
        memory <= budget.memory + budget.memory_per_byte * size,
        std::to_string(memory) + " bytes held for an input of " + std::to_string(size)
    );
    require(
        took <= microseconds_whatever_the_input +
                    static_cast<std::int64_t>(budget.microseconds_per_byte * size),
        std::to_string(took) + " microseconds for an input of " + std::to_string(size)
    );
}

}  // namespace weft::fuzz
