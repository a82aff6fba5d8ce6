"""Lists the error messages that no test reaches: unreached.py PROJECT <coverage, as llvm-cov export prints it.

A place that makes an error message is in the code of Sources
- a throw, with the texts and the cases of its expression, unless it hands on what was caught (throw error);
- a call that makes or carries an error (MAKERS), or that gives something the level error, warning or bad, with its texts;
- a text in the declaration or in an extension of an error type, or of what status finds (WORDS_OF);
- a text that says of itself that something is amiss (AMISS), wherever it stands.
The raw value of a case is no message.

A raise in the SQL of Sources counts as reached when its words are in Tests.
"""

import json
import os
import re
import sys

MAKERS = re.compile(
    r"\b(?:Failure|Hole|KeymapProblem|Notice|Problem|ServerError|add|complain|failExport|failure|give|lost|lose|report)$"
    r"|\.(?:cannotConnect|conflict|failed|impossible|library|refused|unanswerable|undecodable|unknown|usage)$"
    r"|(?:Error|FileFailure|Impossible)$"
)
LEVEL = re.compile(r"\.(?:error|warning|bad)\b")
WORDS_OF = {"Failure", "Hole", "LockBlocker", "ServerError"}
AMISS = re.compile(r"\b(?:cannot|may not|must be|must have|is gone|is missing|no longer|not recorded|audited in|too large|raise (?:exception|warning))\b")
ERROR_TYPE = re.compile(r"\b(?:struct|enum|class|extension)\s+(?:\w+\.)*(\w+)\s*:[^{]*\bError\b")
TYPE = re.compile(r"\b(?:struct|enum|class|extension)\s+(?:\w+\.)*(\w+)\b[^{}]*\{")
CALL = re.compile(r"[.\w]*\w\(")
CASE = re.compile(r"(?<![\w)])\.\w+")
EXEMPTION = re.compile(r"^\s*// unreached: (\S.*)$")
QUOTES = re.compile(r'(#*)("""|")')
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Source:
    """A file of Swift: its texts, and its code without texts and comments."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.lines = self.text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.texts = []
        code = list(self.text)
        self.scan(0, code)
        self.code = "".join(code)
        self.ends = self.pairs()

    def scan(self, position, code, depth=None):
        """Finds the texts and blanks them and the comments in the code; with a depth, up to its closing parenthesis."""
        text = self.text
        while position < len(text) and depth != 0:
            begin = position
            if match := QUOTES.match(text, position):
                position = self.string(match, code)
            elif text.startswith("//", position):
                position = text.index("\n", position)
                self.blank(code, begin, position)
            else:
                depth = depth and depth + {"(": 1, ")": -1}.get(text[position], 0)
                position += 1
        return position

    def string(self, match, code):
        """Notes the text that begins here and those in what it interpolates; returns where it ends."""
        text, (hashes, quotes) = self.text, match.groups()
        begin, position = match.start(), match.end()
        words = ""
        while not text.startswith(quotes + hashes, position):
            if text.startswith("\\" + hashes + "(", position):
                self.blank(code, begin, position)
                position = begin = self.scan(position + len(hashes) + 2, code, 1)
                words += "…"
            else:
                step = 2 if text[position] == "\\" and not hashes else 1
                words += text[position : position + step]
                position += step
        end = position + len(quotes + hashes)
        # What interpolation has put parentheses around is blanked with them.
        self.blank(code, begin, end)
        self.texts.append((match.start(), words))
        return end

    @staticmethod
    def blank(code, begin, end):
        code[begin:end] = ["\n" if sign == "\n" else " " for sign in code[begin:end]]

    def pairs(self):
        """Where what opens at a position closes."""
        ends, open_ = {}, []
        for position, sign in enumerate(self.code):
            if sign in CLOSING:
                open_.append(position)
            elif open_ and sign == CLOSING[self.code[open_[-1]]]:
                ends[open_.pop()] = position
        return ends

    def places(self, error_types):
        """The positions of all places that make an error message."""
        found, ranges = set(), []
        for match in re.finditer(r"\bthrow\b(?! error\b)", self.code):
            end = self.expression(match.end())
            found.add(match.start())
            found.update(case.start() for case in CASE.finditer(self.code, match.end(), end))
            ranges.append((match.end(), end))
        for match in CALL.finditer(self.code):
            end = self.ends.get(match.end() - 1, match.end())
            level = LEVEL.search(self.code, match.end(), end)
            declares = re.search(r"\b(?:func|case|init)\s+$", self.code[: match.start()][-20:])
            information = re.match(r"\s*\.info\b", self.code[match.end() :][:200])
            if declares or information or match[0] == "switch(":
                continue
            if MAKERS.search(match[0][:-1]) or level:
                found.add(match.start())
                ranges.append((match.end(), end))
        for match in TYPE.finditer(self.code):
            if match[1] in error_types | WORDS_OF:
                ranges.append((match.end(), self.ends.get(match.end() - 1, match.end())))
        for position, words in self.texts:
            if re.search(r"\bcase \w+ = $", self.code[: position][-80:]):
                continue
            says = re.search(r"\w", words.replace("…", ""))
            if says and (AMISS.search(words) or any(begin <= position < end for begin, end in ranges)):
                found.add(position)
        return found

    def expression(self, position):
        """Where an expression ends: at the end of a line with nothing open, unless the next one goes on with an operator."""
        while position < len(self.code):
            sign = self.code[position]
            if sign in CLOSING:
                position = self.ends.get(position, position)
            elif sign in ")]}" or sign == "\n" and not re.match(r"\s*[?:+.]", self.code[position:]):
                break
            position += 1
        return position

    def position(self, line, column):
        """Of a line and a column, which llvm-cov counts in bytes from 1."""
        words = self.lines[line - 1].encode()[: column - 1].decode(errors="ignore")
        return self.starts[line - 1] + len(words)

    def dead(self, segments):
        """For each position whether it was never executed."""
        dead = bytearray(len(self.text) + 1)
        ends = segments[1:] + [[len(self.lines), 1 << 20]]
        for (line, column, count, is_counted, *_), end in zip(segments, ends):
            if is_counted and count == 0:
                begin, end = self.position(line, column), self.position(end[0], end[1])
                dead[begin:end] = b"\1" * (end - begin)
        return dead

    def numbers(self, positions):
        """The lines of positions, from 1; of a statement over several lines the first."""
        result = []
        for number in sorted({self.text.count("\n", 0, position) + 1 for position in positions}):
            if result:
                between = self.lines[result[-1] : number]
                if all(not line or self.indentation(line) > self.indentation(self.lines[result[-1] - 1]) for line in between):
                    continue
            result.append(number)
        return result

    @staticmethod
    def indentation(line):
        return len(line) - len(line.lstrip())

    def exemptions(self):
        """The reason for each line that is exempt, by the line's number."""
        matches = [(number, EXEMPTION.match(line)) for number, line in enumerate(self.lines, 1)]
        return {number + 1: match[1] for number, match in matches if match}


def sources(project):
    """The files of the program; embed-files is a tool of its build."""
    for folder, _, names in sorted(os.walk(os.path.join(project, "Sources"))):
        if not folder.endswith("/embed-files"):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".swift"))


def raises(project):
    """What the SQL of Sources raises and no test mentions; the words up to the first that is filled in."""
    tests = []
    for folder, _, names in os.walk(os.path.join(project, "Tests")):
        tests += [open(os.path.join(folder, name), encoding="utf-8").read() for name in names if name.endswith(".swift")]
    for folder, _, names in sorted(os.walk(os.path.join(project, "Sources"))):
        for name in sorted(name for name in names if name.endswith(".sql")):
            path = os.path.join(folder, name)
            for number, line in enumerate(open(path, encoding="utf-8"), 1):
                match = re.search(r"^[^-]*\braise\b[^']*'([^'%]*)", line, re.IGNORECASE)
                if match and not any(match[1] in test for test in tests):
                    yield f"{os.path.relpath(path, project)}:{number}: {line.strip()}"


def main():
    project = sys.argv[1]
    segments = {file["filename"]: file["segments"] for file in json.load(sys.stdin)["data"][0]["files"]}
    files = {path: Source(path) for path in sources(project)}
    error_types = {match[1] for source in files.values() for match in ERROR_TYPE.finditer(source.code)}
    listed, exempt, wrong, total = list(raises(project)), [], [], 0
    for path, source in files.items():
        name = os.path.relpath(path, project)
        places = source.places(error_types)
        total += len(source.numbers(places))
        # What was not even compiled is reached by nothing.
        dead = source.dead(segments.get(path, [[1, 1, 0, True]]))
        reasons = source.exemptions()
        for number in source.numbers(position for position in places if dead[position]):
            entry = f"{name}:{number}: {source.lines[number - 1].strip()}"
            if number in reasons:
                exempt.append(f"{entry}\n    {reasons.pop(number)}")
            else:
                listed.append(entry)
        wrong += [f"{name}:{number}: reached, or no message: needs no reason" for number in reasons]
    if listed + wrong:
        print("\n".join(listed + wrong) + "\n")
    if exempt:
        print("exempt:\n" + "\n".join(exempt))
    print(f"\n{total} places that make an error message: {len(listed)} not reached, {len(exempt)} exempt")
    sys.exit(1 if listed or wrong else 0)


main()
