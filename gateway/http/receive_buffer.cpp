#include "http/receive_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace weft {

std::span<char> ReceiveBuffer::room() {
    if (begin_ == end_) begin_ = end_ = 0;
    // A receive into the last few bytes would cost a system call and bring nothing.
    if (capacity_ - end_ <= capacity_ / 8) {
        const bool grow = begin_ <= capacity_ / 2 && capacity_ < largest_;
        move_to(grow ? std::clamp(2 * capacity_, first_capacity, largest_) : capacity_);
    }
    return room_in_place();
}

std::span<char> ReceiveBuffer::room_in_place() noexcept {
    return {data_.get() + end_, capacity_ - end_};
}

void ReceiveBuffer::drop_front(std::size_t bytes) noexcept {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
}

void ReceiveBuffer::reserve_room(std::size_t bytes) {
    if (capacity_ - end_ >= bytes) return;
    const std::size_t wanted = std::min(end_ - begin_ + bytes, largest_);
    move_to(std::max(wanted, capacity_));
}

void ReceiveBuffer::release() noexcept {
    if (begin_ != end_) return;
    data_.reset();
    capacity_ = begin_ = end_ = 0;
}

void ReceiveBuffer::move_to(std::size_t capacity) {
    const std::size_t held = end_ - begin_;
    if (capacity == capacity_) {
        if (begin_ != 0) std::memmove(data_.get(), data_.get() + begin_, held);
    } else {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (held != 0) std::memcpy(larger.get(), data_.get() + begin_, held);
        data_ = std::move(larger);
        capacity_ = capacity;
    }
    begin_ = 0;
    end_ = held;
}

}  // namespace weft
