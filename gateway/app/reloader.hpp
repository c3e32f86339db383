// One reload at a time: the reading on a thread of its own, so that whoever asks goes on with its
// work, then whatever is done with what was read.
#pragma once

#include <functional>
#include <thread>

#include "app/reload.hpp"
#include "async/types.hpp"

namespace weft {

class Reloader {
  public:
    using Read = std::function<Reread()>;
    using Use = std::function<void(Reread)>;

    // `read` is called on another thread, never between the call of `use` and finished(); `use` on
    // the executor's.
    Reloader(Executor executor, Read read, Use use);
    // Waits for a reading to end.
    ~Reloader();
    Reloader(const Reloader&) = delete;
    Reloader& operator=(const Reloader&) = delete;

    // On the executor's thread. Asked again before finished(), it reads once more after that,
    // however often it was asked: the files may have changed since they were read.
    void ask();
    // Reads something else, unless a reading or its use is under way.
    void read_if_free(Read read);
    // What `use` was given is in use, or given up.
    void finished();

  private:
    void begin(Read read);

    Executor executor_;
    Read read_;
    Use use_;
    std::thread reading_;
    bool busy_ = false;
    bool asked_again_ = false;
};

}  // namespace weft
