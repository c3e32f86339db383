// Who runs where, so that what is measured is the gateway and not whoever it shares a core with.
#pragma once

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace weft {

// All threads of a process that has them all, on that core alone (where there are so many).
inline void keep_on_core(pid_t process, long core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core % ::sysconf(_SC_NPROCESSORS_ONLN)), &cores);
    const auto tasks = "/proc/" + std::to_string(process) + "/task";
    for (const auto& task : std::filesystem::directory_iterator{tasks}) {
        const auto id = static_cast<pid_t>(std::stol(task.path().filename().string()));
        if (::sched_setaffinity(id, sizeof cores, &cores) != 0)
            throw std::system_error{errno, std::generic_category(), "sched_setaffinity"};
    }
}

// The calling thread runs where no other wants to.
inline void give_way() {
    constexpr int last = 19;
    if (::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), last) != 0)
        throw std::system_error{errno, std::generic_category(), "setpriority"};
}

}  // namespace weft
