namespace HumanLoop.Testing;

/// <summary>A file of recorded decisions cannot be used; the message says where, and what was expected.</summary>
public sealed class DecisionStreamException : Exception
{
    internal DecisionStreamException(string file, int line, string? column, string problem, Exception? innerException = null)
        : base(column is null ? $"{file}, line {line}: {problem}" : $"{file}, line {line}, column '{column}': {problem}", innerException)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line in which the row begins, from 1.</summary>
    public int Line { get; }

    /// <summary>The column's name in the file; <see langword="null"/> where the whole row is at fault.</summary>
    public string? Column { get; }
}
