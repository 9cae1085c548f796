# Completion of icmpsniff for bash. Load it in ~/.bashrc:
#     eval "$(icmpsniff --completion bash)"
# or install it as icmpsniff in /usr/share/bash-completion/completions.

_icmpsniff() {
	local words=() word part=${COMP_WORDS[COMP_CWORD]} lead rest line i
	# bash cuts words at = and :, which are parts of ours.
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]#[\'\"]}
		if ((i > 1)) && [[ ${COMP_WORDS[i]} =~ ^[:=]+$ || ${COMP_WORDS[i - 1]} =~ ^[:=]+$ ]]; then
			words[${#words[@]} - 1]+=$word
		else
			words+=("$word")
		fi
	done
	part=${part#[\'\"]}
	[[ $part =~ ^[:=]+$ ]] && part=
	word=${words[${#words[@]} - 1]}
	lead=${word%"$part"} # is on the line already, and not replaced

	COMPREPLY=()
	while IFS=$'\t' read -r word rest; do
		if [[ $word == :files ]]; then
			compopt -o filenames
			part=${words[${#words[@]} - 1]#"$rest"}
			while IFS= read -r line; do
				[[ $rest == "$lead"* ]] && line=${rest#"$lead"}$line
				COMPREPLY+=("$line")
			done < <(compgen -f -- "$part")
		else
			COMPREPLY+=("${word#"$lead"}")
		fi
	done < <("${COMP_WORDS[0]}" --complete "${words[@]}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace
	return 0
}
complete -F _icmpsniff icmpsniff
