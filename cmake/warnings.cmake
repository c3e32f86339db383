# weft_warnings: linked by every target of ours, never by what we only use.
add_library(weft_warnings INTERFACE)
target_compile_options(weft_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 says so wherever it inlines only one of the two of a coroutine frame's operators new and delete; dev's
    # AddressSanitizer finds true mismatches (alloc_dealloc_mismatch).
    target_compile_options(weft_warnings INTERFACE -Wno-mismatched-new-delete)
endif()
if(WEFT_WERROR)
    target_compile_options(weft_warnings INTERFACE -Werror)
endif()

if(WEFT_SANITIZE)
    add_compile_options(-fsanitize=${WEFT_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${WEFT_SANITIZE})
endif()
if(WEFT_SANITIZE STREQUAL "thread")
    # ThreadSanitizer does not model the fences that Asio uses, and g++ says so in every file.
    target_compile_options(weft_warnings INTERFACE -Wno-tsan)
elseif(WEFT_SANITIZE)
    add_compile_options(-fno-sanitize-recover=all)
endif()

# Both are optional: a build without them is slower, not different.
find_program(WEFT_CCACHE ccache)
if(WEFT_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${WEFT_CCACHE}")
endif()
find_program(WEFT_MOLD mold)
if(WEFT_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
