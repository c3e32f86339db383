#include "app/reloader.hpp"

#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

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
        begin();
    }
}

void Reloader::begin() {
    busy_ = true;
    reading_ = std::thread{[this] {
        auto read = std::make_shared<Reread>(read_());
        asio::post(executor_, [this, read] {
            reading_.join();
            use_(std::move(*read));
        });
    }};
}

void Reloader::finished() {
    busy_ = false;
    if (std::exchange(asked_again_, false)) begin();
}

}  // namespace weft
