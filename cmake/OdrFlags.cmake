# What every compiler must accept without a word, and what sanitized trees add.

add_library(odr_flags INTERFACE)
target_include_directories(odr_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(odr_flags INTERFACE -Wall -Wextra -Wshadow -Wvla -Werror)

# Sanitizers widen every stack frame, and only gcc knows -Wstack-usage: the plain gcc trees measure.
add_library(odr_flags_strict INTERFACE)
target_link_libraries(odr_flags_strict INTERFACE odr_flags)
target_compile_options(odr_flags_strict INTERFACE -Wconversion)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT ODR_SANITIZE)
	target_compile_options(odr_flags_strict INTERFACE -Wstack-usage=2048)
endif()

if(ODR_SANITIZE)
	add_compile_options(-fsanitize=${ODR_SANITIZE} -fno-sanitize-recover=all
		-fno-omit-frame-pointer)
	# libFuzzer instruments everything but brings its main() only to its own targets.
	string(REPLACE "fuzzer-no-link," "" link "${ODR_SANITIZE}")
	add_link_options(-fsanitize=${link})
endif()
