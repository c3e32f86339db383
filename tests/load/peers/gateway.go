// The composition by hand in Go, with the standard library. Environment: PORT, SERVICES.
package main

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

const timeout = 5 * time.Second

var services = "http://127.0.0.1:" + os.Getenv("SERVICES")

var client = &http.Client{
	Timeout: timeout,
	Transport: &http.Transport{
		MaxIdleConns:        1024,
		MaxIdleConnsPerHost: 1024,
		IdleConnTimeout:     time.Hour,
		DisableCompression:  true,
	},
}

type order struct {
	UserID     string   `json:"user_id"`
	ProductIDs []string `json:"product_ids"`
}

type details struct {
	Order    json.RawMessage   `json:"order"`
	User     json.RawMessage   `json:"user"`
	Products []json.RawMessage `json:"products"`
}

func requestID() string {
	var bytes [16]byte
	if _, err := rand.Read(bytes[:]); err != nil {
		panic(err)
	}
	return hex.EncodeToString(bytes[:])
}

func headersOf(request *http.Request) http.Header {
	return http.Header{
		"Accept":               {"application/json"},
		"Accept-Encoding":      {"identity"},
		"User-Agent":           {"go"},
		"X-Request-Id":         {requestID()},
		"X-Forwarded-For":      {strings.SplitN(request.RemoteAddr, ":", 2)[0]},
		"X-Forwarded-Proto":    {"http"},
		"X-Forwarded-Host":     {request.Host},
		"X-Request-Timeout-Ms": {"5000"},
	}
}

func call(path string, headers http.Header) (json.RawMessage, error) {
	request, err := http.NewRequest(http.MethodGet, services+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header = headers
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, response.Status)
	}
	return body, err
}

// all makes the calls at the same time; the results are in the order of the paths.
func all(paths []string, headers http.Header) ([]json.RawMessage, error) {
	bodies := make([]json.RawMessage, len(paths))
	failures := make([]error, len(paths))
	var running sync.WaitGroup
	running.Add(len(paths))
	for i := range paths {
		go func(i int) {
			defer running.Done()
			bodies[i], failures[i] = call(paths[i], headers)
		}(i)
	}
	running.Wait()
	for _, failure := range failures {
		if failure != nil {
			return nil, failure
		}
	}
	return bodies, nil
}

func compose(id string, headers http.Header) ([]byte, error) {
	body, err := call("/orders/"+id, headers)
	if err != nil {
		return nil, err
	}
	var found order
	if err := json.Unmarshal(body, &found); err != nil {
		return nil, err
	}
	paths := []string{"/users/" + found.UserID}
	for _, product := range found.ProductIDs {
		paths = append(paths, "/products/"+product)
	}
	bodies, err := all(paths, headers)
	if err != nil {
		return nil, err
	}
	return json.Marshal(details{Order: body, User: bodies[0], Products: bodies[1:]})
}

func flushRegularly(out *bufio.Writer, lock *sync.Mutex) {
	for range time.Tick(200 * time.Millisecond) {
		lock.Lock()
		out.Flush()
		lock.Unlock()
	}
}

func main() {
	var lock sync.Mutex
	out := bufio.NewWriterSize(os.Stdout, 65536)
	go flushRegularly(out, &lock)
	http.HandleFunc("/order-details/", func(writer http.ResponseWriter, request *http.Request) {
		begin, status := time.Now(), http.StatusOK
		answer, err := compose(strings.TrimPrefix(request.URL.Path, "/order-details/"), headersOf(request))
		if err != nil {
			status, answer = http.StatusBadGateway, []byte(`{"title":"Bad Gateway"}`)
		}
		writer.Header().Set("Content-Type", "application/json")
		writer.WriteHeader(status)
		writer.Write(answer)
		lock.Lock()
		fmt.Fprintf(out, "{\"path\":%q,\"status\":%d,\"us\":%d}\n", request.URL.Path, status, time.Since(begin).Microseconds())
		lock.Unlock()
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
