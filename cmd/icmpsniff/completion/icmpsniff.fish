# Completion of icmpsniff for fish. Load it in ~/.config/fish/config.fish:
#     icmpsniff --completion fish | source
# or install it as icmpsniff.fish in a folder of $fish_complete_path.

function __icmpsniff_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape)
    $words[1] --complete $words[2..-1] "$current" 2>/dev/null | while read -l -d \t word about
        if test "$word" = :files
            set -l rest (string sub -s (math (string length -- "$about") + 1) -- "$current")
            for path in (__fish_complete_path "$rest")
                echo -- "$about$path"
            end
        else
            printf '%s\t%s\n' "$word" "$about"
        end
    end
end
complete -c icmpsniff -f -a '(__icmpsniff_complete)'
