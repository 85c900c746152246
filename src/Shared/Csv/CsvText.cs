using System.Text;

namespace HumanLoop.Csv;

/// <summary>A text up to the first place at which it cannot be read on: behind a carriage return that stands alone outside quotes, or before bytes that are
/// no text.</summary>
internal sealed class CsvText(TextReader reader) : TextReader
{
    // The line of undecodable bytes is known as exactly as this is small.
    private const int Piece = 4096;

    private bool _isQuoted;
    private bool _isAfterReturn;

    /// <summary>Why the text ends before its end; <see langword="null"/> where it does not.</summary>
    internal CsvFaultKind? End { get; private set; }

    /// <summary>What told that bytes are no text.</summary>
    internal DecoderFallbackException? Cause { get; private set; }

    /// <summary>The line that is being read, from 1; the one on which the text ends.</summary>
    internal int Line { get; private set; } = 1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <summary>Reads as much as is asked for, unless the text ends.</summary>
    /// <remarks>After a shorter read Sep can lose the second of two carriage returns.</remarks>
    public override int Read(Span<char> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && End is null)
        {
            var piece = buffer.Slice(filled, Math.Min(buffer.Length - filled, Piece));
            int read;
            try
            {
                read = reader.Read(piece);
            }
            catch (DecoderFallbackException undecodable)
            {
                (End, Cause) = (CsvFaultKind.NotText, undecodable);
                break;
            }

            filled += Length(piece[..read]);
            if (read == 0)
            {
                break;
            }
        }

        return filled;
    }

    /// <summary>How much of what was read counts: all of it, or what stands before the end.</summary>
    private int Length(ReadOnlySpan<char> read)
    {
        var at = 0;
        while (true)
        {
            // What follows a carriage return may only come with the next piece.
            if (_isAfterReturn && (at < read.Length || read.IsEmpty))
            {
                _isAfterReturn = false;
                if (read[at..] is not ['\n', ..])
                {
                    if (!_isQuoted)
                    {
                        End = CsvFaultKind.CarriageReturn;
                        return at;
                    }

                    Line++;
                }
            }

            var next = read[at..].IndexOfAny('"', '\r', '\n');
            if (next < 0)
            {
                return read.Length;
            }

            at += next + 1;
            switch (read[at - 1])
            {
                case '"':
                    _isQuoted = !_isQuoted;
                    break;
                case '\n':
                    Line++;
                    break;
                default:
                    _isAfterReturn = true;
                    break;
            }
        }
    }
}
