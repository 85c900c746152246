namespace HumanLoop.Cli.Input;

/// <summary>The input cannot be used; the message says where and what was expected.</summary>
internal sealed class InputException : Exception
{
    /// <summary>Names a place in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column's name or number.</param>
    /// <param name="expected">What was expected, and what was found.</param>
    internal InputException(string file, long line, string column, string expected)
        : base($"{file}, line {line}, column {column}: expected {expected}.")
    {
    }

    /// <summary>Says what is wrong where no single place is.</summary>
    /// <param name="message">The message.</param>
    internal InputException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and keeps the cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    internal InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
