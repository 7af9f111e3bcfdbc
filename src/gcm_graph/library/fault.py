"""What can be wrong: a file of the library, or a value that somebody gives for a parameter."""


class QueryFileError(ValueError):
    """A query file that breaks the rules of the library.

    Args:
        file: the file as people know it (folder and name).
        line: number of the line, from 1.
        message: what is wrong and what would be right.
    """

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message


class ParameterError(ValueError):
    """A parameter that a question does not have, lacks, or cannot read.

    Args:
        question: name of the question.
        parameter: name of the parameter.
        message: what is wrong and what is allowed, as one sentence.
    """

    def __init__(self, question: str, parameter: str, message: str) -> None:
        super().__init__(message)
        self.question = question
        self.parameter = parameter
        self.message = message
