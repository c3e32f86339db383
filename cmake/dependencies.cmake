# Everything here is a Debian 12 package; script/packages lists them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)
find_package(simdjson REQUIRED)
find_package(PkgConfig REQUIRED)
# cpp-httplib's flags change its class layouts, so they come from pkg-config and nowhere else.
pkg_check_modules(cpp_httplib REQUIRED IMPORTED_TARGET cpp-httplib)

# One translation unit holds Asio's and Beast's own code; every other file only uses it.
add_library(weft_asio STATIC ${CMAKE_SOURCE_DIR}/gateway/async/asio_beast.cpp)
target_link_libraries(weft_asio PUBLIC Boost::headers Threads::Threads PRIVATE weft_profile)
target_compile_definitions(
    weft_asio
    PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
           BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_SERIAL_PORT
           # Its blocks come from operator new like all others, and so from a worker's BlockCache.
           BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC BOOST_ASIO_DISABLE_BOOST_ALIGN
)
