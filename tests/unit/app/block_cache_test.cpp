#include "app/block_cache.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace weft {
namespace {

// Sanitizers watch over blocks themselves, so that there is no cache.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_built_in = false;
#else
constexpr bool is_built_in = true;
#endif

class BlockCacheTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!is_built_in) GTEST_SKIP() << "not in a build with sanitizers";
    }

    static std::set<void*> addresses(std::size_t count, std::size_t size) {
        std::vector<std::unique_ptr<char[]>> blocks;
        std::set<void*> addresses;
        for (std::size_t i = 0; i < count; ++i) {
            blocks.push_back(std::make_unique_for_overwrite<char[]>(size));
            std::fill_n(blocks.back().get(), size, 'x');
            addresses.insert(blocks.back().get());
        }
        return addresses;
    }
};

TEST_F(BlockCacheTest, GivesOutWhatWasGivenBack) {
    const BlockCache cache;
    for (const std::size_t size : {1U, 24U, 25U, 100U, 1000U, 4000U}) {
        const auto first = addresses(50, size);
        EXPECT_EQ(addresses(50, size), first) << size;
    }
}

TEST_F(BlockCacheTest, KeepsNoMoreThanItsLimit) {
    const BlockCache cache;
    const std::size_t before = ::mallinfo2().uordblks;
    addresses(4 * BlockCache::most_kept / 4000, 4000);
    const std::size_t kept = ::mallinfo2().uordblks - before;
    EXPECT_GT(kept, BlockCache::most_kept / 2);
    EXPECT_LE(kept, BlockCache::most_kept + BlockCache::most_kept / 8);
}

TEST_F(BlockCacheTest, TakesBlocksOfOtherThreads) {
    std::vector<std::string> texts(100, std::string(100, 'x'));
    std::thread{[texts = std::move(texts)]() mutable {
        const BlockCache cache;
        texts.clear();
        texts.emplace_back(100, 'y');
    }}.join();
}

}  // namespace
}  // namespace weft
