#include "chaos/harness/flaky_service.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace weft {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class FlakyService::Peer : public std::enable_shared_from_this<Peer> {
  public:
    Peer(FlakyService& service, tcp::socket socket)
        : service_{service},
          manners_{service.manners_},
          socket_{std::move(socket)},
          idle_{socket_.get_executor()} {
        socket_.set_option(tcp::no_delay{true});
    }

    void read() {
        socket_.async_read_some(
            asio::buffer(bytes_),
            [self = shared_from_this()](error_code error, std::size_t size) {
                if (error) return;
                self->received_.append(self->bytes_.data(), size);
                self->take_requests();
                if (self->socket_.is_open()) self->read();
            }
        );
    }

  private:
    void take_requests() {
        for (auto end = whole_request(); end != 0 && socket_.is_open(); end = whole_request()) {
            const auto target = received_.find(' ') + 1;
            service_.received(received_.substr(target, received_.find(' ', target) - target));
            received_.erase(0, end);
            answer();
        }
    }

    // The size of the request at the front; 0 while it is not whole.
    std::size_t whole_request() const {
        const auto head = received_.find("\r\n\r\n");
        if (head == std::string::npos) return 0;
        const auto length = received_.find("Content-Length: ");
        if (length >= head) return head + 4;
        const auto size = head + 4 + std::stoul(received_.substr(length + 16, 20));
        return received_.size() < size ? 0 : size;
    }

    void answer() {
        idle_.cancel();
        if (manners_.swallows && manners_.swallows()) return close();
        static constexpr std::string_view rest =
            " X\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        std::string bytes = "HTTP/1.1 " + std::to_string(manners_.status);
        bytes += rest;
        error_code error;
        asio::write(socket_, asio::buffer(bytes), error);
        if (error || ++answers_ == manners_.answers_per_connection) return close();
        if (!manners_.closes_idle_after) return;
        idle_.expires_after(manners_.closes_idle_after());
        idle_.async_wait([self = shared_from_this()](error_code cancelled) {
            if (!cancelled) self->close();
        });
    }

    void close() {
        error_code ignored;  // it is gone whatever close() says
        socket_.close(ignored);
    }

    FlakyService& service_;
    const Manners& manners_;
    tcp::socket socket_;
    asio::steady_timer idle_;
    std::array<char, 4096> bytes_{};
    std::string received_;
    std::size_t answers_ = 0;
};

FlakyService::FlakyService(Manners manners)
    : manners_{std::move(manners)},
      acceptor_{context_, {asio::ip::address_v4::loopback(), 0}},
      port_{acceptor_.local_endpoint().port()} {
    accept();
    thread_ = std::thread{[this] { context_.run(); }};
}

FlakyService::~FlakyService() {
    context_.stop();
    thread_.join();
}

void FlakyService::accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
        if (error) return;
        ++connections_;
        std::make_shared<Peer>(*this, std::move(socket))->read();
        accept();
    });
}

void FlakyService::received(const std::string& target) {
    ++requests_;
    const std::lock_guard lock{mutex_};
    ++targets_[target];
}

std::map<std::string, std::size_t> FlakyService::targets() const {
    const std::lock_guard lock{mutex_};
    return targets_;
}

}  // namespace weft
