using Club.Kernel;

namespace Club.Dealers;

/// <summary>Ends what cannot go on without a dealer. Registered by the feature.</summary>
public interface IEndsWithDealer
{
    /// <summary>The dealer is closed by now. Safe to repeat.</summary>
    Task End(DealerId dealer, DealerClosing closing, CancellationToken cancellation);
}
