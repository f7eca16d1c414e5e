namespace Club.Programmes;

/// <summary>A programme that cannot be used. The message lists every error.</summary>
public sealed class ProgrammeException : Exception
{
    public ProgrammeException(string message) : base(message) => Errors = [];

    public ProgrammeException(IReadOnlyList<ProgrammeError> errors, string what = "The programme")
        : base($"{what} has {(errors.Count == 1 ? "an error" : $"{errors.Count} errors")}:\n{string.Join('\n', errors)}") =>
            Errors = errors;

    /// <summary>Everything that is wrong with its contents; empty when it could not be found or read at all.</summary>
    public IReadOnlyList<ProgrammeError> Errors { get; }
}

/// <param name="Path">The JSON path, e.g. <c>$.earning[3].award.rate</c>.</param>
public sealed record ProgrammeError(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
