using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Club.Kernel;

namespace Club.Azure;

/// <summary>Files as blobs of one container. A blob comes into being, or changes, when all its blocks have arrived.</summary>
public sealed class BlobFiles(BlobContainerClient container) : IFiles
{
    public async Task Write(FileName name, Stream content, CancellationToken cancellation = default) =>
        await container.GetBlobClient(name.Value).UploadAsync(
            content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = name.ContentType } }, cancellation);

    public async Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default)
    {
        try
        {
            var blob = (await container.GetBlobClient(name.Value).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            return new OpenFile(blob.Content, blob.Details.ContentType, blob.Details.ContentLength);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<ListedFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
            if (FileName.Parse(blob.Name) is { Succeeded: true } name)
                yield return new ListedFile(name.Value, blob.Properties.ContentLength ?? 0);
    }
}
