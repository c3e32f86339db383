// Memory for a worker's requests without the allocator: a thread that has a BlockCache keeps the
// small blocks it gives back, and takes its next ones from there. A request needs about as many
// blocks as the one before it, so that in the end none comes from malloc. (glibc keeps seven of
// each size, and a composed request has more than that in use at once.)
#pragma once

#include <cstddef>

namespace weft {

// Lives on the stack of its thread and is the only one there. It serves `new` and `delete` of that
// thread; blocks may come from and go to other threads. Not in builds with sanitizers, which watch
// over every block themselves.
class BlockCache {
  public:
    static constexpr std::size_t largest_block = 8200;     // bytes; a receive buffer is one of them
    static constexpr std::size_t most_kept = 1024 * 1024;  // bytes

    BlockCache() noexcept;
    ~BlockCache();
    BlockCache(const BlockCache&) = delete;
    BlockCache& operator=(const BlockCache&) = delete;
};

}  // namespace weft
