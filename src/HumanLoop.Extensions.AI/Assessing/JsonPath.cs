using System.Globalization;

namespace HumanLoop.Extensions.AI;

/// <summary>Where a reader of JSON is: names and indexes joined by dots, such as <c>lines.0.amount</c>.</summary>
internal sealed class JsonPath
{
    private readonly Stack<(string Name, int Index)> _steps = new();

    public void Enter(bool isArray) => _steps.Push(("", isArray ? 0 : -1));

    public void Leave()
    {
        _steps.Pop();
        Next();
    }

    public void Name(string name)
    {
        _steps.Pop();
        _steps.Push((name, -1));
    }

    /// <summary>A value has ended: within an array the next one follows.</summary>
    public void Next()
    {
        if (_steps.TryPeek(out var step) && step.Index >= 0)
        {
            _steps.Pop();
            _steps.Push((step.Name, step.Index + 1));
        }
    }

    /// <summary>The path, seen from a member of the root; <see langword="null"/> when it is not below that.</summary>
    public string? Below(string? member)
    {
        var names = _steps.Reverse().Select(step => step.Index >= 0 ? step.Index.ToString(CultureInfo.InvariantCulture) : step.Name).ToArray();
        return member is null ? string.Join('.', names)
            : names.Length > 0 && names[0] == member ? string.Join('.', names[1..])
            : null;
    }
}
