// Request ids of our own, where the client's is not well-formed (http/request_id.hpp).
#pragma once

#include <cstdint>
#include <string>

namespace weft {

// Makes ids that are unique, not secret. One for each worker.
class RequestIds {
  public:
    RequestIds();  // seeded by the system
    explicit RequestIds(std::uint64_t seed) noexcept : state_{seed} {}

    // Replaces `id` by 32 hexadecimal digits, in the memory it has.
    void make(std::string& id);

  private:
    std::uint64_t next() noexcept;

    std::uint64_t state_;
};

}  // namespace weft
