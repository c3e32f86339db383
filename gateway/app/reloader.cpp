#include "app/reloader.hpp"

#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

#include "async/thread.hpp"

namespace weft {

Reloader::Reloader(Executor executor, Read read, Use use)
    : executor_{executor}, read_{std::move(read)}, use_{std::move(use)} {}

Reloader::~Reloader() {
    if (reading_.joinable()) reading_.join();
}

void Reloader::ask() {
    if (busy_) {
        asked_again_ = true;
    } else {
        begin(read_);
    }
}

void Reloader::read_if_free(Read read) {
    if (!busy_) begin(std::move(read));
}

void Reloader::begin(Read read) {
    busy_ = true;
    reading_ = start_thread([this, read = std::move(read)] {
        auto result = std::make_shared<Reread>(read());
        asio::post(executor_, [this, result] {
            reading_.join();
            use_(std::move(*result));
        });
    });
}

void Reloader::finished() {
    busy_ = false;
    if (std::exchange(asked_again_, false)) begin(read_);
}

}  // namespace weft
