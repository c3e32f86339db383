#include "app/block_cache.hpp"

#include <malloc.h>

#include <array>
#include <cstdlib>
#include <new>

namespace weft {
namespace {

// The sizes that glibc's malloc gives out: 24 bytes and every 16 more.
constexpr std::size_t step = 16;
constexpr std::size_t smallest = 24;
constexpr std::size_t classes = (BlockCache::largest_block - smallest) / step + 1;

struct FreeBlock {
    FreeBlock* next;
};

struct FreeBlocks {
    std::array<FreeBlock*, classes> by_size{};
    std::size_t kept = 0;  // bytes
    bool on = false;
};

constinit thread_local FreeBlocks free_blocks;

// The smallest class whose blocks have room for `size`.
constexpr std::size_t class_for(std::size_t size) noexcept {
    return size <= smallest ? 0 : (size - smallest + step - 1) / step;
}

void* take(std::size_t size) noexcept {
    const std::size_t index = class_for(size);
    if (index >= classes) return nullptr;
    FreeBlock* const block = free_blocks.by_size[index];
    if (block == nullptr) return nullptr;
    free_blocks.by_size[index] = block->next;
    free_blocks.kept -= smallest + index * step;
    return block;
}

// Whether the block is kept for the next that asks for one of its class.
bool keep(void* memory, std::size_t index) noexcept {
    const std::size_t size = smallest + index * step;
    if (index >= classes || free_blocks.kept + size > BlockCache::most_kept) return false;
    free_blocks.by_size[index] = new (memory) FreeBlock{free_blocks.by_size[index]};
    free_blocks.kept += size;
    return true;
}

[[maybe_unused]] void* allocate(std::size_t size) {
    if (void* const block = take(size)) return block;
    for (;;) {
        if (void* const memory = std::malloc(size)) return memory;
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc{};
        handler();
    }
}

[[maybe_unused]] void release(void* memory) noexcept {
    if (memory == nullptr) return;
    const bool kept =
        free_blocks.on && keep(memory, (::malloc_usable_size(memory) - smallest) / step);
    if (!kept) std::free(memory);
}

// `size` is what was asked for.
[[maybe_unused]] void release(void* memory, std::size_t size) noexcept {
    if (memory == nullptr) return;
    const bool kept = free_blocks.on && keep(memory, class_for(size));
    if (!kept) std::free(memory);
}

}  // namespace

BlockCache::BlockCache() noexcept { free_blocks.on = true; }

BlockCache::~BlockCache() {
    free_blocks.on = false;
    for (FreeBlock*& first : free_blocks.by_size) {
        while (first != nullptr) {
            FreeBlock* const block = first;
            first = block->next;
            std::free(block);
        }
    }
    free_blocks.kept = 0;
}

}  // namespace weft

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// What the standard lets a program replace ([new.delete.single]); the forms for arrays, for
// nothrow end here.
void* operator new(std::size_t size) { return weft::allocate(size); }
void operator delete(void* memory) noexcept { weft::release(memory); }
void operator delete(void* memory, std::size_t size) noexcept { weft::release(memory, size); }

#endif
