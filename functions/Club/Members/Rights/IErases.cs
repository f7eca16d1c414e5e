namespace Club.Members;

/// <summary>Takes out of a feature whatever it keeps of a person. Registered by the feature.</summary>
public interface IErases
{
    /// <summary>What the receipt counts, such as <c>messages</c>.</summary>
    string Name { get; }

    /// <summary>Safe to repeat.</summary>
    /// <returns>How many were found and are gone.</returns>
    Task<int> Erase(ErasedPerson person, CancellationToken cancellation);
}
